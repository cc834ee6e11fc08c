// The disk through its registers and the bus: what is moved, when, and what the processor sees.
#include <gmock/gmock.h>
#include <gtest/gtest.h>

#include "sim/devices/testing/disk_bench.hpp"

namespace exosim {
namespace {

using testing::DiskBench;
using ::testing::ElementsAre;
using ::testing::IsEmpty;

constexpr uint32_t kMemory = 0x2000;
constexpr uint32_t kDone = DISK_STATUS_DONE;

TEST(Disk, IsAtRestAndEmptyAtFirst) {
  DiskBench bench;
  EXPECT_EQ(bench.status(), 0u);
  EXPECT_EQ(bench.read(DISK_ERROR), 0u);
  EXPECT_EQ(bench.read(DISK_MOVED), 0u);
  EXPECT_TRUE(bench.at_rest());
  bench.fill(kMemory, 128 * 64, 1);
  EXPECT_EQ(bench.carry_out({DISK_COMMAND_READ, 0, 64, kMemory}), kDone);
  for (uint32_t i = 0; i < 128 * 64; ++i) EXPECT_EQ(bench.word(kMemory + 4 * i), 0u);
}

TEST(Disk, SaysHowBigItIs) {
  DiskBench bench;
  EXPECT_EQ(bench.read(DISK_BLOCKS), 64u);
  EXPECT_EQ(bench.read(DISK_CYLINDERS), 8u);
  EXPECT_EQ(bench.read(DISK_HEADS), 2u);
  EXPECT_EQ(bench.read(DISK_SECTORS), 4u);
}

TEST(Disk, KeepsTheRequestOfItsRegisters) {
  DiskBench bench;
  uint32_t value = 0xfedcba98;
  for (const uint32_t offset :
       std::initializer_list<uint32_t>{DISK_BLOCK, DISK_COUNT, DISK_ADDRESS, DISK_OWNER}) {
    bench.write(offset, ++value);
    EXPECT_EQ(bench.read(offset), value);
  }
  bench.write(DISK_CONTROL, 0xffffffff);
  EXPECT_EQ(bench.read(DISK_CONTROL), uint32_t{DISK_CONTROL_INTERRUPT});
}

TEST(Disk, ReadsWhatWasWritten) {
  DiskBench bench;
  bench.fill(kMemory, 128 * 7, 100);
  EXPECT_EQ(bench.carry_out({DISK_COMMAND_WRITE, 30, 7, kMemory}), kDone);
  EXPECT_EQ(bench.carry_out({DISK_COMMAND_READ, 31, 6, 0x8000}), kDone);
  for (uint32_t i = 0; i < 128 * 6; ++i) EXPECT_EQ(bench.word(0x8000 + 4 * i), 228 + i);
  EXPECT_EQ(bench.first_word(29), 0u);
  EXPECT_EQ(bench.first_word(37), 0u);
}

// Block 0 begins to pass at 512: the first that the heads, ready at 10, can catch.
TEST(Disk, WordsComeAsTheyPassTheHeads) {
  DiskBench bench;
  bench.command({DISK_COMMAND_READ, 0, 1, kMemory});
  bench.run();
  EXPECT_THAT(bench.bursts,
              ElementsAre("544..576 write 32 of 0x2000", "576..608 write 32 of 0x2080",
                          "608..640 write 32 of 0x2100", "640..672 write 32 of 0x2180"));
  EXPECT_EQ(bench.now(), 672u);
}

TEST(Disk, ABurstIsAtMostWhatIsLeftOfTheBlock) {
  DiskBench bench({{"burst", 100}});
  bench.command({DISK_COMMAND_READ, 0, 1, kMemory});
  bench.run();
  EXPECT_THAT(bench.bursts,
              ElementsAre("612..712 write 100 of 0x2000", "712..740 write 28 of 0x2190"));
}

TEST(Disk, BlocksOfATrackComeOneAfterTheOther) {
  DiskBench bench({{"burst", 128}});
  bench.command({DISK_COMMAND_READ, 1, 3, kMemory});
  bench.run();
  EXPECT_THAT(bench.bursts,
              ElementsAre("256..384 write 128 of 0x2000", "384..512 write 128 of 0x2200",
                          "512..640 write 128 of 0x2400"));
}

// Blocks 3, 4: the switch takes the sector by which the track is skewed. Blocks 7, 8: the seek
// takes 100 cycles of the two sectors of both skews.
TEST(Disk, SkewsHideTheSwitchOfHeadsAndTheSeek) {
  DiskBench bench({{"burst", 128}});
  bench.command({DISK_COMMAND_READ, 3, 2, kMemory});
  bench.run();
  EXPECT_THAT(bench.bursts,
              ElementsAre("512..640 write 128 of 0x2000", "768..896 write 128 of 0x2200"));
  bench.forget();
  bench.step_until(1024);
  bench.command({DISK_COMMAND_READ, 7, 2, kMemory});  // position 0, then 3
  bench.run();
  EXPECT_THAT(bench.bursts,
              ElementsAre("1664..1792 write 128 of 0x2000", "2048..2176 write 128 of 0x2200"));
}

// From cylinder 0 to 3: 100 + 50 root(2/8) + 70 * 2/8 = 142.5, and 10 before it. Block 24 is at
// position (24 + 6 + 3) % 4.
TEST(Disk, SeeksAndWaitsForTheSector) {
  for (const uint64_t begin : {640u - 152, 640u - 151}) {
    DiskBench bench({{"burst", 128}});
    bench.step_until(begin);
    bench.command({DISK_COMMAND_READ, 24, 1, kMemory});
    EXPECT_EQ(bench.read(DISK_CYLINDER), 3u);
    EXPECT_EQ(bench.run(), begin == 488 ? 640u + 256 : 1152u + 256) << begin;
  }
}

// Block 4 is on the second track and passes at 128 of each revolution. A switch takes 128 cycles.
TEST(Disk, SwitchesToAnotherHead) {
  for (const uint64_t begin : {640u - 138, 640u - 137}) {
    DiskBench bench({{"burst", 128}});
    bench.step_until(begin);
    bench.command({DISK_COMMAND_READ, 4, 1, kMemory});
    EXPECT_EQ(bench.run(), begin == 502 ? 640u + 256 : 1152u + 256) << begin;
  }
}

TEST(Disk, StandsWhereItHasBeen) {
  DiskBench bench({{"burst", 128}});
  bench.carry_out({DISK_COMMAND_READ, 24, 1, kMemory});
  EXPECT_EQ(bench.read(DISK_CYLINDER), 3u);
  const uint64_t begin = (bench.now() + 511) / 512 * 512 + 117;
  bench.step_until(begin);
  bench.command({DISK_COMMAND_READ, 24, 1, kMemory});  // passes at 128, in time by a cycle
  EXPECT_EQ(bench.run(), begin + 11 + 256);
}

// Fetched from 11 to 139; written from 512 to 640. The second is fetched meanwhile, just in time.
TEST(Disk, FetchesABlockWhileTheOneBeforeIsWritten) {
  DiskBench bench;
  bench.fill(kMemory, 256, 1);
  bench.command({DISK_COMMAND_WRITE, 0, 2, kMemory});
  bench.run();
  EXPECT_THAT(bench.bursts,
              ElementsAre("11..43 read 32 of 0x2000", "43..75 read 32 of 0x2080",
                          "75..107 read 32 of 0x2100", "107..139 read 32 of 0x2180",
                          "512..544 read 32 of 0x2200", "544..576 read 32 of 0x2280",
                          "576..608 read 32 of 0x2300", "608..640 read 32 of 0x2380"));
  EXPECT_EQ(bench.now(), 768u);
  EXPECT_EQ(bench.first_word(1), 129u);
}

TEST(Disk, ABlockThatIsFetchedTooLateWaitsForTheNextRevolution) {
  DiskBench bench;
  bench.fill(kMemory, 256, 1);
  bench.command({DISK_COMMAND_WRITE, 0, 2, kMemory});
  bench.step_until(600);
  bench.bus_free = {620};
  EXPECT_EQ(bench.run(), 768u + 512);
  EXPECT_EQ(bench.status(), kDone);
  EXPECT_EQ(bench.first_word(1), 129u);
}

TEST(Disk, LosesNothingIfTheBusIsLate) {
  DiskBench bench;
  bench.store(0, 4, 1000);
  const uint64_t begin = bench.now() / 512 * 512 + 512;
  bench.step_until(begin);
  bench.command({DISK_COMMAND_READ, 0, 4, kMemory});
  bench.bus_free = {begin + 512 + 600};
  bench.run();
  EXPECT_EQ(bench.now(), begin + 512 + 600 + 512);
  for (uint32_t i = 0; i < 512; ++i) EXPECT_EQ(bench.word(kMemory + 4 * i), 1000 + i);
}

TEST(Disk, MovedFollowsTheBlocks) {
  DiskBench bench;
  bench.command({DISK_COMMAND_READ, 0, 3, kMemory});
  for (uint64_t cycle = 0; cycle < 1000; ++cycle) {
    bench.step_until(cycle);
    const uint64_t over = cycle < 672 ? 0 : cycle < 800 ? 1 : cycle < 928 ? 2 : 3;
    ASSERT_EQ(bench.read(DISK_MOVED), over) << cycle;
    ASSERT_EQ(bench.is_busy(), over < 3) << cycle;
    ASSERT_EQ(bench.status() & kDone, over < 3 ? 0 : kDone) << cycle;
  }
}

TEST(Disk, WrittenBlocksCountWhenTheyHavePassed) {
  DiskBench bench;
  bench.command({DISK_COMMAND_WRITE, 0, 2, kMemory});
  bench.step_until(639);
  EXPECT_EQ(bench.read(DISK_MOVED), 0u);
  bench.step();
  EXPECT_EQ(bench.read(DISK_MOVED), 1u);
  bench.step_until(767);
  EXPECT_TRUE(bench.is_busy());
  bench.step();
  EXPECT_EQ(bench.status(), kDone);
}

TEST(Disk, InterruptsWhenItIsDoneUntilAcknowledged) {
  DiskBench bench;
  bench.command({DISK_COMMAND_READ, 0, 1, kMemory});
  bench.write(DISK_CONTROL, DISK_CONTROL_INTERRUPT);
  bench.step_until(671);
  EXPECT_FALSE(bench.interrupt());
  bench.step();
  EXPECT_TRUE(bench.interrupt());
  bench.write(DISK_CONTROL, 0);
  EXPECT_FALSE(bench.interrupt());
  bench.write(DISK_CONTROL, DISK_CONTROL_INTERRUPT);
  bench.write(DISK_STATUS, DISK_STATUS_ERROR | DISK_STATUS_BUSY);
  EXPECT_TRUE(bench.interrupt());
  bench.write(DISK_STATUS, DISK_STATUS_DONE);
  EXPECT_FALSE(bench.interrupt());
  EXPECT_EQ(bench.status(), 0u);
}

TEST(Disk, TheNextRequestMayBePreparedMeanwhile) {
  DiskBench bench;
  bench.store(5, 1, 500);
  bench.command({DISK_COMMAND_READ, 5, 1, kMemory, 3});
  bench.write(DISK_BLOCK, 9);
  bench.write(DISK_COUNT, 2);
  bench.write(DISK_ADDRESS, 0x4000);
  bench.write(DISK_OWNER, 4);
  bench.run();
  EXPECT_EQ(bench.word(kMemory), 500u);
  EXPECT_EQ(bench.word(kMemory + 508), 627u);
  EXPECT_EQ(bench.read(DISK_MOVED), 1u);
}

TEST(Disk, TwoRunsAreTheSame) {
  const auto run = [] {
    DiskBench bench;
    bench.store(0, 20, 7);
    bench.carry_out({DISK_COMMAND_READ, 60, 4, kMemory});
    bench.command({DISK_COMMAND_READ, 1, 40, kMemory});
    bench.run();
    return std::pair(bench.bursts, bench.now());
  };
  EXPECT_EQ(run(), run());
}

TEST(Disk, LeavesNothingBehind) {
  for (const uint32_t command :
       std::initializer_list<uint32_t>{DISK_COMMAND_READ, DISK_COMMAND_WRITE}) {
    for (uint64_t at = 0; at < 900; at += 7) {
      DiskBench bench;
      bench.command({command, 0, 4, kMemory, 1});
      bench.step_until(at);
      if (at % 2 == 0) bench.write(DISK_CANCEL, 1);
      if (at % 4 == 0) bench.write(DISK_CANCEL, 1);
      bench.remove();
      EXPECT_TRUE(bench.at_rest());
    }
  }
}

}  // namespace
}  // namespace exosim
