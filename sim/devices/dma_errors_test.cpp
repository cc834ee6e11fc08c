// What the DMA engine does when it is asked for what cannot be done.
#include <gmock/gmock.h>
#include <gtest/gtest.h>

#include "sim/devices/testing/dma_bench.hpp"

namespace exosim {
namespace {

using testing::DmaBench;
using ::testing::ElementsAre;
using ::testing::IsEmpty;
using testing::Job;
using testing::Port;

constexpr uint32_t kSource = 0x2000;
constexpr uint32_t kTarget = 0x4000;
constexpr uint32_t kAbsent = 0x30000000;

uint32_t error_of(uint32_t cause) { return DMA_RESULT_ERROR | cause << DMA_RESULT_CAUSE_SHIFT; }

struct BadDescriptor {
  Job job;
  uint32_t cause;
};

TEST(DmaErrors, RefusesBadDescriptorsAndGoesOn) {
  constexpr uint32_t kFixed = DMA_FLAG_SOURCE_FIXED | DMA_FLAG_DESTINATION_FIXED;
  for (const auto& [job, cause] : {
           BadDescriptor{{kSource, kTarget, 4, 8}, DMA_CAUSE_FLAGS},
           BadDescriptor{{kSource, kTarget, 0}, DMA_CAUSE_LENGTH},
           BadDescriptor{{kSource, kTarget, 6}, DMA_CAUSE_LENGTH},
           BadDescriptor{{kSource, kTarget, DMA_MAX_LENGTH + 4}, DMA_CAUSE_LENGTH},
           BadDescriptor{{kSource + 1, kTarget, 4}, DMA_CAUSE_ALIGNMENT},
           BadDescriptor{{kSource, kTarget + 2, 4}, DMA_CAUSE_ALIGNMENT},
           BadDescriptor{{0xfffffffc, kTarget, 8}, DMA_CAUSE_WRAP},
           BadDescriptor{{kSource, 0xfffffff8, 12}, DMA_CAUSE_WRAP},
           BadDescriptor{{0xfffffffe, kTarget, 8, kFixed}, DMA_CAUSE_ALIGNMENT},
       }) {
    DmaBench bench;
    const uint32_t bad = bench.put(job);
    const uint32_t good = bench.put({kSource, kTarget, 4});
    bench.ring_doorbell();
    bench.run();
    EXPECT_EQ(bench.result(bad), error_of(cause));
    EXPECT_EQ(bench.count(bad), 0u);
    EXPECT_EQ(bench.result(good), uint32_t{DMA_RESULT_DONE});
    EXPECT_EQ(bench.read(DMA_HEAD), 2u);
    EXPECT_EQ(bench.status(), uint32_t{DMA_STATUS_ERROR});
    EXPECT_EQ(bench.read(DMA_ERROR), cause);
    EXPECT_EQ(bench.read(DMA_ERROR_ADDRESS), bench.place_of(bad));
  }
}

struct BadAddress {
  Job job;
  uint32_t cause;
  uint32_t count;
  uint32_t address;
};

TEST(DmaErrors, AnAddressThatDoesNotAnswerEndsTheTransfer) {
  constexpr uint32_t kEnd = DmaBench::kRam;
  constexpr uint32_t kStatus = DmaBench::kAddress + DMA_STATUS;
  for (const auto& [job, cause, count, address] : {
           BadAddress{{kAbsent, kTarget, 8}, DMA_CAUSE_SOURCE, 0, kAbsent},
           BadAddress{{kSource, kAbsent, 8}, DMA_CAUSE_DESTINATION, 0, kAbsent},
           BadAddress{{kEnd - 24, kTarget, 32}, DMA_CAUSE_SOURCE, 24, kEnd},
           BadAddress{{kSource, kEnd - 24, 32}, DMA_CAUSE_DESTINATION, 24, kEnd},
           BadAddress{{Port::kWriteOnly, kTarget, 4}, DMA_CAUSE_SOURCE, 0, Port::kWriteOnly},
           BadAddress{{Port::kFifo, kTarget, 8}, DMA_CAUSE_SOURCE, 0, Port::kWriteOnly},
           BadAddress{{kSource, Port::kReadOnly, 4}, DMA_CAUSE_DESTINATION, 0, Port::kReadOnly},
           BadAddress{{kSource, Port::kFifo, 12}, DMA_CAUSE_DESTINATION, 8, Port::kReadOnly},
           BadAddress{{kStatus, kTarget, 4}, DMA_CAUSE_SELF, 0, kStatus},
           BadAddress{{kSource, kStatus, 4}, DMA_CAUSE_SELF, 0, kStatus},
           BadAddress{{0xfffffffc, kTarget, 4}, DMA_CAUSE_SOURCE, 0, 0xfffffffc},
       }) {
    DmaBench bench(8, 4);
    const uint32_t bad = bench.put(job);
    const uint32_t good = bench.put({kSource, kTarget, 4});
    bench.ring_doorbell();
    bench.run();
    EXPECT_EQ(bench.result(bad), error_of(cause)) << std::hex << address;
    EXPECT_EQ(bench.count(bad), count) << std::hex << address;
    EXPECT_EQ(bench.result(good), uint32_t{DMA_RESULT_DONE});
    EXPECT_EQ(bench.status(), uint32_t{DMA_STATUS_ERROR});
    EXPECT_EQ(bench.read(DMA_ERROR), cause);
    EXPECT_EQ(bench.read(DMA_ERROR_ADDRESS), address);
  }
}

TEST(DmaErrors, CannotWriteItsOwnRegisters) {
  for (uint32_t offset = 0; offset < DMA_SIZE; offset += 4) {
    DmaBench bench;
    bench.fill(kSource, 16, 2);
    const uint32_t job =
        bench.hand_over({kSource, DmaBench::kAddress + offset, DMA_SIZE - offset, 0, 2});
    bench.run();
    EXPECT_EQ(bench.result(job), error_of(DMA_CAUSE_SELF));
    EXPECT_EQ(bench.count(job), 0u);
    EXPECT_EQ(bench.read(DMA_TAIL), 1u);
    EXPECT_EQ(bench.status(), uint32_t{DMA_STATUS_ERROR});
  }
}

TEST(DmaErrors, WhatIsWrittenToRomIsLost) {
  DmaBench bench;
  ASSERT_TRUE(bench.machine.bus.add_rom("prom", {0x1fc00000}, std::vector<std::byte>(16)));
  bench.set_word(kSource, 5);
  const uint32_t into = bench.put({kSource, 0x1fc00000, 4});
  const uint32_t from = bench.put({0x1fc00000, kTarget, 4});
  bench.ring_doorbell();
  bench.run();
  EXPECT_EQ(bench.result(into), uint32_t{DMA_RESULT_DONE});
  EXPECT_EQ(bench.result(from), uint32_t{DMA_RESULT_DONE});
  EXPECT_EQ(bench.word(kTarget), 0u);
}

TEST(DmaErrors, TheFirstIsKeptUntilAcknowledged) {
  DmaBench bench;
  bench.write(DMA_CONTROL, DMA_CONTROL_ENABLE | DMA_CONTROL_INTERRUPT);
  bench.put({kSource, kTarget, 4, 0xff});
  bench.put({kAbsent, kTarget, 4});
  bench.ring_doorbell();
  bench.run();
  EXPECT_TRUE(bench.interrupt());
  EXPECT_EQ(bench.read(DMA_ERROR), uint32_t{DMA_CAUSE_FLAGS});
  EXPECT_EQ(bench.read(DMA_ERROR_ADDRESS), bench.place_of(0));
  bench.write(DMA_STATUS, DMA_STATUS_ERROR);
  EXPECT_FALSE(bench.interrupt());
  EXPECT_EQ(bench.read(DMA_ERROR), 0u);
  EXPECT_EQ(bench.read(DMA_ERROR_ADDRESS), 0u);
  bench.hand_over({kAbsent, kTarget, 4});
  bench.run();
  EXPECT_EQ(bench.read(DMA_ERROR), uint32_t{DMA_CAUSE_SOURCE});
}

struct BadRing {
  uint32_t ring;
  uint32_t entries;
};

TEST(DmaErrors, ABadRingStopsTheEngineAtTheDoorbell) {
  for (const auto& [ring, entries] :
       {BadRing{0x1010, 8}, BadRing{0x1000, 0}, BadRing{0x1000, 6}, BadRing{0x1000, 2048},
        BadRing{0x1000, 0x80000000}, BadRing{DmaBench::kRam - 32, 2}, BadRing{DmaBench::kRam, 1},
        BadRing{0xffffffe0, 2}, BadRing{Port::kAddress, 1}}) {
    DmaBench bench;
    bench.write(DMA_CONTROL, 0);
    bench.write(DMA_RING, ring);
    bench.write(DMA_ENTRIES, entries);
    bench.write(DMA_CONTROL, DMA_CONTROL_ENABLE | DMA_CONTROL_INTERRUPT);
    EXPECT_EQ(bench.status(), 0u);
    bench.write(DMA_TAIL, 1);
    EXPECT_EQ(bench.status(), uint32_t{DMA_STATUS_ERROR});
    EXPECT_EQ(bench.read(DMA_ERROR), uint32_t{DMA_CAUSE_RING});
    EXPECT_EQ(bench.read(DMA_ERROR_ADDRESS), ring);
    EXPECT_EQ(bench.read(DMA_CONTROL), uint32_t{DMA_CONTROL_INTERRUPT});
    EXPECT_EQ(bench.read(DMA_TAIL), 0u);
    EXPECT_TRUE(bench.interrupt());
    bench.write(DMA_CANCEL, 0);
    EXPECT_EQ(bench.status(), uint32_t{DMA_STATUS_ERROR});
    EXPECT_TRUE(bench.at_rest());
  }
}

TEST(DmaErrors, TheLargestRingThatFitsIsGood) {
  DmaBench bench;
  bench.write(DMA_CONTROL, 0);
  bench.write(DMA_RING, DmaBench::kRam - DMA_MAX_ENTRIES * DMA_DESCRIPTOR_SIZE);
  bench.write(DMA_ENTRIES, DMA_MAX_ENTRIES);
  bench.write(DMA_TAIL, DMA_MAX_ENTRIES);
  EXPECT_EQ(bench.status(), 0u);
  EXPECT_EQ(bench.read(DMA_TAIL), uint32_t{DMA_MAX_ENTRIES});
}

TEST(DmaErrors, MoreThanTheRingHasRoomForIsNotHandedOver) {
  DmaBench bench(4);
  for (const uint32_t tail : {5u, 0x80000000u, 0xffffffffu}) {
    bench.write(DMA_TAIL, tail);
    EXPECT_EQ(bench.read(DMA_TAIL), 0u);
    EXPECT_EQ(bench.read(DMA_ERROR), uint32_t{DMA_CAUSE_TAIL});
    EXPECT_EQ(bench.read(DMA_ERROR_ADDRESS), tail);
    bench.write(DMA_STATUS, DMA_STATUS_ERROR);
  }
  EXPECT_THAT(bench.bursts, IsEmpty());
  for (int i = 0; i < 4; ++i) bench.put({kSource, kTarget, 4});
  bench.ring_doorbell();
  EXPECT_EQ(bench.status(), uint32_t{DMA_STATUS_BUSY});
  bench.write(DMA_TAIL, 5);  // HEAD is 0
  bench.write(DMA_TAIL, 3);  // back
  EXPECT_EQ(bench.read(DMA_TAIL), 4u);
  bench.run();
  EXPECT_EQ(bench.read(DMA_HEAD), 4u);
}

TEST(DmaErrors, AnAbsentSourceWritesNothing) {
  DmaBench bench(8, 4, 4);
  bench.hand_over({kAbsent, kTarget, 16});
  bench.run();
  EXPECT_THAT(bench.bursts, ElementsAre("0..8 read 8 of 0x1000", "12..16 read 4 of 0x30000000",
                                        "20..22 write 2 of 0x1014"));
}

}  // namespace
}  // namespace exosim
