// Cancelling by owner, in every order of things.
#include <gmock/gmock.h>
#include <gtest/gtest.h>

#include "sim/devices/testing/dma_bench.hpp"

namespace exosim {
namespace {

using testing::DmaBench;
using ::testing::ElementsAre;

constexpr uint32_t kSource = 0x2000;
constexpr uint32_t kTarget = 0x4000;
constexpr uint32_t kMine = 7;
constexpr uint32_t kOther = 8;
constexpr uint32_t kDone = DMA_RESULT_DONE;
constexpr uint32_t kCancelled = DMA_RESULT_CANCELLED;
constexpr uint32_t kPending = DMA_RESULT_PENDING;

uint32_t put(DmaBench& bench, uint32_t owner, uint32_t words = 1) {
  return bench.put({kSource, kTarget, 4 * words, DMA_FLAG_INTERRUPT, owner});
}
bool is_cancelling(DmaBench& bench) { return (bench.status() & DMA_STATUS_CANCELLING) != 0; }
/// Until CANCELLING is 0.
void wait(DmaBench& bench) {
  for (int i = 0; i < 1000 && is_cancelling(bench); ++i) bench.step();
}

TEST(DmaCancel, OfNothingIsOverAtOnce) {
  DmaBench bench;
  bench.write(DMA_CANCEL, kMine);
  EXPECT_EQ(bench.status(), 0u);
  EXPECT_TRUE(bench.at_rest());
}

TEST(DmaCancel, DropsTheTransferThatIsUnderWay) {
  DmaBench bench(8, 4, 4);
  bench.fill(kSource, 12, 100);
  bench.fill(kTarget, 12, 0);
  put(bench, kMine, 12);
  bench.ring_doorbell();
  bench.step_until(30);  // four words are written, the next have been read
  bench.write(DMA_CANCEL, kMine);
  EXPECT_TRUE(is_cancelling(bench));
  wait(bench);
  EXPECT_EQ(bench.machine.clock.now(), Cycles{38});
  EXPECT_THAT(bench.bursts, ElementsAre("0..8 read 8 of 0x1000", "12..16 read 4 of 0x2000",
                                        "20..24 write 4 of 0x4000", "28..32 read 4 of 0x2010",
                                        "36..38 write 2 of 0x1014"));
  EXPECT_EQ(bench.result(0), kCancelled);
  EXPECT_EQ(bench.count(0), 16u);
  EXPECT_EQ(bench.word(kTarget + 12), 103u);
  EXPECT_EQ(bench.word(kTarget + 16), 4u);
  EXPECT_EQ(bench.read(DMA_HEAD), 1u);
  EXPECT_EQ(bench.status(), 0u) << "no DONE";
}

TEST(DmaCancel, MarksWhatIsQueued) {
  DmaBench bench(8, 4, 4);
  put(bench, kMine);
  put(bench, kOther);
  put(bench, kMine);
  bench.ring_doorbell();
  bench.write(DMA_CANCEL, kMine);  // before the first is read
  wait(bench);
  EXPECT_THAT(bench.bursts, ElementsAre("0..2 read 2 of 0x1010", "6..8 write 2 of 0x1014",
                                        "12..14 read 2 of 0x1030", "18..20 read 2 of 0x1050",
                                        "24..26 write 2 of 0x1054"));
  EXPECT_EQ(bench.machine.clock.now(), Cycles{26});
  EXPECT_EQ(bench.result(0), kCancelled);
  EXPECT_EQ(bench.result(1), kPending);
  EXPECT_EQ(bench.result(2), kCancelled);
  EXPECT_EQ(bench.count(2), 0u);
  EXPECT_EQ(bench.read(DMA_HEAD), 0u) << "they are passed over in their turn";
  bench.run();
  EXPECT_EQ(bench.result(1), kDone);
  EXPECT_EQ(bench.read(DMA_HEAD), 3u);
}

TEST(DmaCancel, AtEveryCycleLeavesOthersAlone) {
  for (uint64_t at = 0; at < 200; ++at) {
    DmaBench bench(8, 2, 3);
    for (const uint32_t owner : {kOther, kMine, kMine, kOther, kMine}) put(bench, owner, 3);
    bench.ring_doorbell();
    bench.step_until(at);
    std::vector<uint32_t> before;
    for (uint32_t i = 0; i < 5; ++i) before.push_back(bench.result(i));
    bench.write(DMA_CANCEL, kMine);
    wait(bench);
    EXPECT_FALSE(is_cancelling(bench));
    const auto writes = bench.bursts.size();
    for (const uint32_t i : {1u, 2u, 4u}) EXPECT_NE(bench.result(i), kPending) << at;
    bench.run();
    for (uint32_t i = 0; i < 5; ++i) {
      const bool mine = i != 0 && i != 3;
      if (!mine || before[i] == kDone) {
        EXPECT_EQ(bench.result(i), kDone) << at;
      }
      EXPECT_EQ(bench.count(i) == 12, bench.result(i) == kDone) << at;
    }
    EXPECT_EQ(bench.read(DMA_HEAD), 5u);
    EXPECT_GE(bench.bursts.size(), writes);
  }
}

// From the write on the bus sees none of its bursts but those that write results.
TEST(DmaCancel, StartsNoFurtherBurstForTheOwner) {
  for (uint64_t at = 0; at < 100; ++at) {
    DmaBench bench(8, 2, 3);
    for (int i = 0; i < 3; ++i) put(bench, kMine, 4);
    bench.ring_doorbell();
    bench.step_until(at);
    bench.bursts.clear();
    bench.write(DMA_CANCEL, kMine);
    bench.run();
    for (const std::string& burst : bench.bursts)
      EXPECT_THAT(burst, ::testing::HasSubstr("of 0x1"));
    EXPECT_TRUE(bench.at_rest());
  }
}

TEST(DmaCancel, GoesOnWhileTheEngineIsPaused) {
  DmaBench bench(8, 4, 4);
  put(bench, kMine, 12);
  put(bench, kMine);
  put(bench, kOther);
  bench.ring_doorbell();
  bench.step_until(30);
  bench.write(DMA_CONTROL, 0);
  bench.write(DMA_CANCEL, kMine);
  bench.run();
  EXPECT_EQ(bench.status(), 0u);
  EXPECT_EQ(bench.result(0), kCancelled);
  EXPECT_EQ(bench.result(1), kCancelled);
  EXPECT_EQ(bench.result(2), kPending);
  EXPECT_EQ(bench.read(DMA_HEAD), 1u);
  bench.write(DMA_CONTROL, DMA_CONTROL_ENABLE);
  bench.run();
  EXPECT_EQ(bench.result(2), kDone);
  EXPECT_EQ(bench.read(DMA_HEAD), 3u);
}

TEST(DmaCancel, BeforeTheEngineIsEnabled) {
  DmaBench bench;
  bench.write(DMA_CONTROL, 0);
  put(bench, kMine);
  bench.ring_doorbell();
  EXPECT_TRUE(bench.at_rest());
  bench.write(DMA_CANCEL, kMine);
  EXPECT_EQ(bench.status(), uint32_t{DMA_STATUS_BUSY | DMA_STATUS_CANCELLING});
  bench.write(DMA_ENTRIES, 2);
  EXPECT_EQ(bench.read(DMA_ENTRIES), 8u) << "the ring is in use";
  bench.run();
  EXPECT_EQ(bench.result(0), kCancelled);
}

TEST(DmaCancel, ASecondWhileTheFirstIsUnderWayIsNotLost) {
  for (uint64_t at = 0; at < 40; ++at) {
    DmaBench bench(8, 2, 3);
    const std::vector<uint32_t> owners{kOther, kMine, 9, kOther, kMine, 9};
    for (const uint32_t owner : owners) put(bench, owner, 8);
    bench.ring_doorbell();
    bench.step_until(14);  // the first transfer is under way
    bench.write(DMA_CANCEL, kMine);
    bench.step_until(14 + at);
    bench.write(DMA_CANCEL, kOther);
    wait(bench);
    for (uint32_t i = 0; i < owners.size(); ++i)
      EXPECT_EQ(bench.result(i) == kPending, owners[i] == 9) << i << " " << at;
    bench.run();
    EXPECT_EQ(bench.result(2), kDone);
    EXPECT_EQ(bench.result(5), kDone);
    EXPECT_EQ(bench.read(DMA_HEAD), 6u);
  }
}

TEST(DmaCancel, TheSameOwnerTwiceIsOverOnce) {
  DmaBench bench(8, 4, 4);
  put(bench, kMine, 12);
  bench.ring_doorbell();
  bench.step_until(30);
  bench.write(DMA_CANCEL, kMine);
  bench.write(DMA_CANCEL, kMine);
  bench.run();
  EXPECT_EQ(bench.status(), 0u);
  EXPECT_EQ(bench.result(0), kCancelled);
  EXPECT_EQ(bench.bursts.back(), "36..38 write 2 of 0x1014");
}

TEST(DmaCancel, TooManyAreRefusedVisibly) {
  DmaBench bench(16);
  bench.write(DMA_CONTROL, DMA_CONTROL_INTERRUPT);
  for (uint32_t owner = 0; owner <= DMA_MAX_CANCELS; ++owner) put(bench, owner);
  bench.ring_doorbell();
  for (uint32_t owner = 0; owner < DMA_MAX_CANCELS; ++owner) bench.write(DMA_CANCEL, owner);
  EXPECT_EQ(bench.status() & DMA_STATUS_REFUSED, 0u);
  bench.write(DMA_CANCEL, DMA_MAX_CANCELS);
  EXPECT_EQ(bench.status() & DMA_STATUS_REFUSED, uint32_t{DMA_STATUS_REFUSED});
  EXPECT_TRUE(bench.interrupt());
  bench.write(DMA_STATUS, DMA_STATUS_REFUSED);
  EXPECT_FALSE(bench.interrupt());
  bench.run();
  for (uint32_t owner = 0; owner < DMA_MAX_CANCELS; ++owner)
    EXPECT_EQ(bench.result(owner), kCancelled);
  EXPECT_EQ(bench.result(DMA_MAX_CANCELS), kPending);
  bench.write(DMA_CANCEL, DMA_MAX_CANCELS);
  bench.run();
  EXPECT_EQ(bench.result(DMA_MAX_CANCELS), kCancelled);
}

TEST(DmaCancel, FollowsTheRingAroundItsEnd) {
  DmaBench bench(4);
  for (int i = 0; i < 3; ++i) put(bench, kOther);
  bench.ring_doorbell();
  bench.run();
  bench.bursts.clear();
  put(bench, kOther);
  put(bench, kMine);
  put(bench, kOther);
  put(bench, kMine);
  bench.ring_doorbell();
  bench.write(DMA_CANCEL, kMine);
  bench.run();
  EXPECT_EQ(bench.read(DMA_HEAD), 7u);
  for (const uint32_t i : {3u, 5u}) EXPECT_EQ(bench.result(i), kDone);
  for (const uint32_t i : {4u, 6u}) EXPECT_EQ(bench.result(i), kCancelled);
}

TEST(DmaCancel, LeavesWhatIsHandedOverAfterwards) {
  DmaBench bench;
  put(bench, kMine);
  bench.ring_doorbell();
  bench.write(DMA_CANCEL, kMine);
  put(bench, kMine);
  bench.ring_doorbell();
  bench.write(DMA_CANCEL, kOther);
  bench.run();
  EXPECT_EQ(bench.result(0), kCancelled);
  EXPECT_EQ(bench.result(1), kDone);
}

TEST(DmaCancel, AllThatHasMovedIsDone) {
  DmaBench bench(8, 4, 4);
  put(bench, kMine);
  bench.ring_doorbell();
  bench.step_until(18);  // the result has not yet been written
  EXPECT_EQ(bench.result(0), kPending);
  bench.write(DMA_CANCEL, kMine);
  EXPECT_TRUE(is_cancelling(bench));
  wait(bench);
  EXPECT_EQ(bench.result(0), kDone);
  EXPECT_EQ(bench.status(), uint32_t{DMA_STATUS_DONE});
}

TEST(DmaCancel, RemovedMeanwhileLeavesNothing) {
  for (uint64_t at = 0; at < 20; ++at) {
    DmaBench bench;
    for (int i = 0; i < 3; ++i) put(bench, kMine);
    bench.ring_doorbell();
    bench.write(DMA_CANCEL, kMine);
    bench.step_until(at);
    bench.remove();
    EXPECT_EQ(bench.machine.requests.next(), kNever);
    EXPECT_EQ(bench.machine.events.next(), kNever);
  }
}

}  // namespace
}  // namespace exosim
