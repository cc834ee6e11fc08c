// The DMA engine through its registers, its ring and the bus; exact cycles, where bursts take a
// cycle for each word.
#include <gmock/gmock.h>
#include <gtest/gtest.h>

#include <cstdint>
#include <vector>

#include "sim/devices/testing/dma_bench.hpp"

namespace exosim {
namespace {

using testing::DmaBench;
using ::testing::ElementsAre;
using ::testing::IsEmpty;
using ::testing::IsSupersetOf;
using testing::Job;
using testing::Port;

constexpr uint32_t kSource = 0x2000;
constexpr uint32_t kTarget = 0x4000;

TEST(Dma, MovesBurstByBurstAtExactCycles) {
  DmaBench bench(8, 4, 4);
  bench.fill(kSource, 6, 100);
  bench.step_until(100);
  bench.hand_over({.source = kSource, .destination = kTarget, .length = 24});
  bench.run();
  EXPECT_THAT(bench.bursts,
              ElementsAre("100..108 read 8 of 0x1000",    // the descriptor
                          "112..116 read 4 of 0x2000",    // and after a gap of 4
                          "120..124 write 4 of 0x4000",   //
                          "128..130 read 2 of 0x2010",    // the rest
                          "134..136 write 2 of 0x4010",   //
                          "140..142 write 2 of 0x1014"))  // result and count
      << "HEAD " << bench.read(DMA_HEAD);
  for (uint32_t i = 0; i < 6; ++i) EXPECT_EQ(bench.word(kTarget + 4 * i), 100 + i);
  EXPECT_EQ(bench.result(0), uint32_t{DMA_RESULT_DONE});
  EXPECT_EQ(bench.count(0), 24u);
}

TEST(Dma, TheProcessorSeesTheEndWhenTheLastBurstEnds) {
  DmaBench bench(8, 4, 4);
  bench.hand_over({.source = kSource, .destination = kTarget, .length = 24});
  bench.step_until(41);
  EXPECT_EQ(bench.read(DMA_HEAD), 0u);
  EXPECT_EQ(bench.status(), uint32_t{DMA_STATUS_BUSY});
  bench.step();
  EXPECT_EQ(bench.read(DMA_HEAD), 1u);
  EXPECT_EQ(bench.status(), 0u);
}

// Six words to two words further on: a burst that holds them all moves them as they were.
TEST(Dma, OverlappingAreasAreMovedBurstByBurst) {
  const auto moved = [](uint64_t burst) {
    DmaBench bench(8, burst, 4);
    bench.fill(kSource, 6, 100);
    bench.hand_over({.source = kSource, .destination = kSource + 8, .length = 24});
    bench.run();
    std::vector<uint32_t> words;
    for (uint32_t i = 0; i < 8; ++i) words.push_back(bench.word(kSource + 4 * i));
    return words;
  };
  EXPECT_THAT(moved(8), ElementsAre(100, 101, 100, 101, 102, 103, 104, 105));
  EXPECT_THAT(moved(2), ElementsAre(100, 101, 100, 101, 100, 101, 100, 101));
}

TEST(Dma, DataMoveWhenTheBusIsGranted) {
  DmaBench bench(8, 4, 4);
  bench.fill(kSource, 1, 100);
  bench.set_word(kTarget, 7);
  bench.hand_over({.source = kSource, .destination = kTarget, .length = 4});
  bench.step_until(13);  // read in cycle 12
  bench.set_word(kSource, 200);
  bench.step_until(17);  // written in cycle 17
  EXPECT_EQ(bench.word(kTarget), 7u);
  bench.step();
  EXPECT_EQ(bench.word(kTarget), 100u);
}

TEST(Dma, WaitsForTheBus) {
  DmaBench bench(8, 4, 4);
  bench.bus_free = {50};
  bench.hand_over({.source = kSource, .destination = kTarget, .length = 4});
  bench.step_until(49);
  EXPECT_THAT(bench.bursts, IsEmpty());
  bench.step_until(63);
  EXPECT_THAT(bench.bursts, ElementsAre("50..58 read 8 of 0x1000", "62..63 read 1 of 0x2000"));
}

TEST(Dma, ARequestThatWaitsKeepsItsPlace) {
  DmaBench bench;
  bench.bus_free = {50};
  bench.step_until(10);
  bench.hand_over({kSource, kTarget, 4});
  bench.step_until(20);
  bench.hand_over({kSource, kTarget, 4});
  EXPECT_EQ(bench.machine.requests.next(), Cycles{10});
}

TEST(Dma, SeveralBurstsMayFallIntoOneStep) {
  DmaBench bench(8, 4, 4);
  bench.fill(kSource, 6, 100);
  bench.hand_over({.source = kSource, .destination = kTarget, .length = 24});
  bench.step(41);  // the last begins, and has not ended
  EXPECT_EQ(bench.bursts.size(), 6u);
  EXPECT_EQ(bench.read(DMA_HEAD), 0u);
  EXPECT_EQ(bench.status(), uint32_t{DMA_STATUS_BUSY});
  bench.step(1);
  EXPECT_EQ(bench.read(DMA_HEAD), 1u);
}

TEST(Dma, BurstsStayWithinAPageAtBothEnds) {
  DmaBench bench(8, 64, 1);
  bench.fill(0x2ff8, 16, 100);
  bench.hand_over({.source = 0x2ff8, .destination = 0x4ff0, .length = 64});
  bench.run();
  EXPECT_THAT(bench.bursts, ElementsAre("0..8 read 8 of 0x1000", "9..11 read 2 of 0x2ff8",
                                        "12..14 write 2 of 0x4ff0", "15..17 read 2 of 0x3000",
                                        "18..20 write 2 of 0x4ff8", "21..33 read 12 of 0x3008",
                                        "34..46 write 12 of 0x5000", "47..49 write 2 of 0x1014"));
  for (uint32_t i = 0; i < 16; ++i) EXPECT_EQ(bench.word(0x4ff0 + 4 * i), 100 + i);
}

TEST(Dma, DescriptorsAreCarriedOutInOrderAndTheRingWraps) {
  for (const uint32_t entries : {1u, 2u, 4u}) {
    DmaBench bench(entries);
    for (uint32_t i = 0; i < 9; ++i) {
      bench.set_word(kSource, i);
      const uint32_t job = bench.hand_over({kSource, kTarget + 4 * i, 4});
      bench.run();
      EXPECT_EQ(bench.result(job), uint32_t{DMA_RESULT_DONE});
      EXPECT_EQ(bench.read(DMA_HEAD), i + 1);
      EXPECT_EQ(bench.word(kTarget + 4 * i), i);
    }
  }
}

TEST(Dma, RegistersOfADeviceDoNotAdvance) {
  DmaBench bench;
  bench.fill(kSource, 3, 100);
  bench.put({kSource, Port::kFifo, 12, DMA_FLAG_DESTINATION_FIXED});
  bench.put({Port::kFifo, kTarget, 12, DMA_FLAG_SOURCE_FIXED});
  bench.ring_doorbell();
  bench.run();
  EXPECT_THAT(bench.port.written, ElementsAre(100u, 101u, 102u));
  EXPECT_EQ(bench.word(kTarget), 1u);
  EXPECT_EQ(bench.word(kTarget + 8), 3u);
  EXPECT_EQ(bench.status(), 0u);
  EXPECT_THAT(bench.bursts, IsSupersetOf({"19..22 write 3 of 0x20000000 alone",
                                          "44..47 read 3 of 0x20000000 alone"}));
}

TEST(Dma, InterruptsForTransfersThatAskForItUntilAcknowledged) {
  DmaBench bench;
  bench.hand_over({kSource, kTarget, 4});
  bench.write(DMA_CONTROL, DMA_CONTROL_ENABLE | DMA_CONTROL_INTERRUPT);
  bench.run();
  EXPECT_FALSE(bench.interrupt());
  bench.hand_over({kSource, kTarget, 4, DMA_FLAG_INTERRUPT});
  bench.run();
  EXPECT_EQ(bench.status(), uint32_t{DMA_STATUS_DONE});
  EXPECT_TRUE(bench.interrupt());
  bench.write(DMA_CONTROL, DMA_CONTROL_ENABLE);
  EXPECT_FALSE(bench.interrupt());
  bench.write(DMA_CONTROL, DMA_CONTROL_INTERRUPT);
  EXPECT_TRUE(bench.interrupt());
  bench.write(DMA_STATUS, DMA_STATUS_ERROR);
  EXPECT_TRUE(bench.interrupt());
  bench.write(DMA_STATUS, DMA_STATUS_DONE);
  EXPECT_FALSE(bench.interrupt());
  EXPECT_EQ(bench.status(), 0u);
}

TEST(Dma, TheInterruptComesInTheCycleInWhichTheLastBurstEnds) {
  DmaBench bench(8, 4, 4);
  bench.write(DMA_CONTROL, DMA_CONTROL_ENABLE | DMA_CONTROL_INTERRUPT);
  bench.hand_over({kSource, kTarget, 4, DMA_FLAG_INTERRUPT});
  bench.step_until(23);
  EXPECT_FALSE(bench.interrupt());
  bench.step();  // 8 + 4, 1 + 4, 1 + 4, 2
  EXPECT_TRUE(bench.interrupt());
}

TEST(Dma, PausesBeforeTheNextBurstAndGoesOn) {
  for (uint64_t pause = 1; pause < 60; ++pause) {
    DmaBench bench(8, 4, 4);
    bench.fill(kSource, 10, 100);
    const uint32_t job = bench.hand_over({kSource, kTarget, 40});
    bench.step_until(pause);
    bench.write(DMA_CONTROL, 0);
    const size_t before = bench.bursts.size();
    bench.run();
    // Only the result of what is all moved
    EXPECT_EQ(bench.bursts.size(), before + (before == 7 ? 1 : 0)) << pause;
    EXPECT_EQ(bench.status(), 0u);
    bench.write(DMA_CONTROL, DMA_CONTROL_ENABLE);
    bench.run();
    EXPECT_EQ(bench.bursts.size(), 8u) << pause;
    EXPECT_EQ(bench.result(job), uint32_t{DMA_RESULT_DONE});
    for (uint32_t i = 0; i < 10; ++i) EXPECT_EQ(bench.word(kTarget + 4 * i), 100 + i);
  }
}

TEST(Dma, PassesOverWhatIsNotPending) {
  DmaBench bench;
  bench.set_word(kTarget, 5);
  bench.put({kSource, kTarget, 4, DMA_FLAG_INTERRUPT});
  bench.set_word(bench.place_of(0) + DMA_DESCRIPTOR_RESULT, DMA_RESULT_CANCELLED);
  bench.ring_doorbell();
  bench.run();
  EXPECT_THAT(bench.bursts, ElementsAre("0..8 read 8 of 0x1000"));
  EXPECT_EQ(bench.read(DMA_HEAD), 1u);
  EXPECT_EQ(bench.status(), 0u);
  EXPECT_EQ(bench.word(kTarget), 5u);
}

TEST(Dma, RingCannotChangeUnlessTheEngineRests) {
  DmaBench bench;
  bench.write(DMA_RING, 0x6000);
  EXPECT_EQ(bench.read(DMA_RING), DmaBench::kRing);
  bench.hand_over({kSource, kTarget, 4});
  bench.step_until(1);
  bench.write(DMA_CONTROL, 0);
  bench.step_until(7);  // the descriptor is still being read
  bench.write(DMA_ENTRIES, 2);
  EXPECT_EQ(bench.read(DMA_ENTRIES), 8u);
  bench.step();
  bench.write(DMA_ENTRIES, 2);
  EXPECT_EQ(bench.read(DMA_ENTRIES), 2u);
  EXPECT_EQ(bench.read(DMA_TAIL), 0u);
  bench.write(DMA_CONTROL, DMA_CONTROL_ENABLE);
  EXPECT_TRUE(bench.at_rest()) << "what was handed over before is forgotten";
}

TEST(Dma, LeavesNothingBehind) {
  for (uint64_t at = 0; at < 24; ++at) {
    DmaBench bench(8, 4, 4);
    bench.hand_over({kSource, kTarget, 4});
    bench.step_until(at);
    EXPECT_FALSE(bench.at_rest());
    bench.remove();
    EXPECT_EQ(bench.machine.requests.next(), kNever);
    EXPECT_EQ(bench.machine.events.next(), kNever);
  }
}

TEST(Dma, KeepsOnlyTheBitsThatExist) {
  DmaBench bench;
  bench.write(DMA_CONTROL, 0xffffffff);
  EXPECT_EQ(bench.read(DMA_CONTROL), uint32_t{DMA_CONTROL_ENABLE | DMA_CONTROL_INTERRUPT});
  bench.write(DMA_STATUS, 0xffffffff);
  EXPECT_EQ(bench.status(), 0u);
}

}  // namespace
}  // namespace exosim
