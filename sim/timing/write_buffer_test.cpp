// The write buffer, by exact cycles, on both engines. A store of step k is in MEM at T(k+3), enters
// there, and may have the bus in the next cycle. testing/engine_test.hpp says how the numbers are
// found; kA, kB and kC are on different DRAM pages.
#include "sim/timing/testing/engine_test.hpp"

namespace exosim::testing {
namespace {

constexpr uint32_t kA = 0x1000;
constexpr uint32_t kB = 0x2000;
constexpr uint32_t kC = 0x3000;

class WriteBuffer : public EngineTest {
 protected:
  static Retired uncached_half(uint32_t phys) { return store(phys, 2, false); }
};
INSTANTIATE_TEST_SUITE_P(Engines, WriteBuffer, both_engines(), engine_name);

// Enters in 3, is written in 4..8.
TEST_P(WriteBuffer, AStoreIsWrittenBehindTheProcessorsBack) {
  EXPECT_EQ(stalls(store(kA), nops(9)), "");
  EXPECT_EQ(writes(), "---wwwwww-");
}

// A is written in 4..8. C finds both slots taken in 5, and enters in 9.
TEST_P(WriteBuffer, AStoreWaitsForASlot) {
  config_.write_buffer_depth = 2;
  EXPECT_EQ(stalls(store(kA), store(kB), store(kC), nops(4)), "5: write_buffer@3=4");
}

// The first six enter in 3..8, the seventh in 9, when the first has been written (4..8). From then
// on a slot falls free every 5 cycles, and a store uses one of these.
TEST_P(WriteBuffer, ARunOfStoresGoesAtTheSpeedOfMemory) {
  std::vector<ScriptStep> run;
  for (uint32_t i = 0; i < 9; ++i) append(run, store(4096 * i));
  EXPECT_EQ(stalls(run, nops(3)), "10: write_buffer@3=4; 11: write_buffer@3=4");
}

// With one slot each store waits for the whole write before it.
TEST_P(WriteBuffer, AWriteIsFasterOnThePageOfTheOneBefore) {
  config_.write_buffer_depth = 1;
  EXPECT_EQ(stalls(store(kA), store(kA + 4), store(kB), store(kB + 4), nops(3)),
            "4: write_buffer@3=5; 5: write_buffer@3=2; 6: write_buffer@3=5");
}

TEST_P(WriteBuffer, AWriteOfLessThanAWordHasItsOwnTime) {
  config_.write_buffer_depth = 1;
  EXPECT_EQ(stalls(uncached_half(kA), store(kA + 4), store(kA + 8), nops(3)),
            "4: write_buffer@3=12; 5: write_buffer@3=2");
}

TEST_P(WriteBuffer, ADeviceHasItsOwnTimeAndLeavesThePageOpen) {
  config_.write_buffer_depth = 1;
  EXPECT_EQ(stalls(store(kA), store(kDevice, 4, false), store(kA + 4), store(kA + 8), nops(3)),
            "4: write_buffer@3=5; 5: write_buffer@3=6; 6: write_buffer@3=2");
}

TEST_P(WriteBuffer, AWriteToNothingHoldsTheBusUntilTheTimeOut) {
  config_.write_buffer_depth = 1;
  EXPECT_EQ(stalls(store(kNowhere, 4, false), store(kA), nops(3)), "4: write_buffer@3=100");
}

// A is written in 4..8; the load asks in 4 and reads in 9..24.
TEST_P(WriteBuffer, AReadWaitsForAWriteThatHasBegun) {
  EXPECT_EQ(stalls(store(kA), load(kB, 4), nops(4)), "4: data_cache@3=16 write_buffer@3=4");
}

// A 4..8, the read 9..24; B, which has waited since 4, in 25..29 at the steps 6 to 10.
TEST_P(WriteBuffer, AReadOvertakesWritesThatWait) {
  EXPECT_EQ(stalls(store(kA), store(kB), load(kC, 4), nops(9)),
            "5: data_cache@3=16 write_buffer@3=3");
  EXPECT_EQ(writes(), "---wwwwwwww-");
}

// A 4..8, B 9..13, then the block of B.
TEST_P(WriteBuffer, AReadDoesNotOvertakeAWriteToItsOwnBlock) {
  EXPECT_EQ(stalls(store(kA), store(kB), load(kB, 4), nops(4)),
            "5: data_cache@3=16 write_buffer@3=8");
  EXPECT_EQ(stalls(store(kA), store(kB + 12), load(kB, 4), nops(4)),
            "5: data_cache@3=16 write_buffer@3=8");
  EXPECT_EQ(stalls(store(kA), store(kB + 16), load(kB + 12, 4), nops(4)),
            "5: data_cache@3=16 write_buffer@3=3");
}

// A 4..8, B 9..13, C 14..18, then the read, which asked in 6.
TEST_P(WriteBuffer, WritesBeforeTheOneInConflictGoFirst) {
  EXPECT_EQ(stalls(store(kA), store(kB), store(kC), load(kC, 4), nops(4)),
            "6: data_cache@3=16 write_buffer@3=12");
}

// A 4..8, B 9..13, then the read in 14..29; C comes after it, 30..34 at the steps 7 to 11.
TEST_P(WriteBuffer, WritesBehindTheOneInConflictWait) {
  EXPECT_EQ(stalls(store(kA), store(kB), store(kC), load(kB, 4), nops(9)),
            "6: data_cache@3=16 write_buffer@3=7");
  EXPECT_EQ(writes(), "---wwwwwwwww-");
}

// The controller compares addresses of RAM only: the read of the device gets its old content.
TEST_P(WriteBuffer, AReadOfADeviceOvertakesAWriteToIt) {
  EXPECT_EQ(stalls(store(kA), store(kDevice, 4, false), uncached_load(kDevice), nops(4)),
            "5: uncached@3=9 write_buffer@3=3");
}

// A 4..8; both halves as one word in 9..13.
TEST_P(WriteBuffer, StoresToOneWordAreGathered) {
  config_.write_buffer_gathers = true;
  EXPECT_EQ(stalls(store(kA), uncached_half(kB), uncached_half(kB + 2), nops(12)), "");
  EXPECT_EQ(writes(), "---" + std::string(11, 'w') + "-");
}

// A 4..8; the halves 9..20 and 21..32.
TEST_P(WriteBuffer, WithoutGatheringEachStoreIsWritten) {
  EXPECT_EQ(stalls(store(kA), uncached_half(kB), uncached_half(kB + 2), nops(31)), "");
  EXPECT_EQ(writes(), "---" + std::string(30, 'w') + "-");
}

// The first half is on the bus in 4..15 when the second enters in 4; that goes in 16..27.
TEST_P(WriteBuffer, NothingJoinsAWriteThatHasBegun) {
  config_.write_buffer_gathers = true;
  EXPECT_EQ(stalls(uncached_half(kA), uncached_half(kA + 2), nops(27)), "");
  EXPECT_EQ(writes(), "---" + std::string(25, 'w') + "-");
}

// A 4..8, the halves of B 9..20 and, with C between them, 26..37.
TEST_P(WriteBuffer, OnlyTheYoungestEntryGathers) {
  config_.write_buffer_gathers = true;
  EXPECT_EQ(stalls(store(kA), uncached_half(kB), store(kC), uncached_half(kB + 2), nops(36)), "");
  EXPECT_EQ(writes(), "---" + std::string(35, 'w') + "--");
}

TEST_P(WriteBuffer, AFullBufferStillGathers) {
  config_.write_buffer_depth = 2;
  config_.write_buffer_gathers = true;
  EXPECT_EQ(stalls(store(kA), uncached_half(kB), uncached_half(kB + 2), nops(4)), "");
  config_.write_buffer_gathers = false;
  EXPECT_EQ(stalls(store(kA), uncached_half(kB), uncached_half(kB + 2), nops(4)),
            "5: write_buffer@3=4");
}

}  // namespace
}  // namespace exosim::testing
