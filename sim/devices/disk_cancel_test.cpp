// Cancelling a request in every state that it can be in.
#include <gtest/gtest.h>

#include "sim/devices/testing/disk_bench.hpp"

namespace exosim {
namespace {

using testing::DiskBench;

constexpr uint32_t kOwner = 7;
constexpr uint32_t kMemory = 0x2000;
constexpr uint32_t kCancelled = DISK_STATUS_CANCELLED;

uint32_t words_changed(const DiskBench& bench, uint32_t words, uint32_t from) {
  uint32_t changed = 0;
  for (uint32_t i = 0; i < words; ++i) changed += bench.word(kMemory + 4 * i) == from + i;
  return changed;
}

TEST(DiskCancel, WithoutARequestNothingHappens) {
  DiskBench bench;
  bench.write(DISK_CANCEL, 0);
  EXPECT_EQ(bench.status(), 0u);
  EXPECT_TRUE(bench.at_rest());
}

TEST(DiskCancel, AnotherOwnersRequestGoesOn) {
  DiskBench bench;
  bench.command({DISK_COMMAND_READ, 0, 2, kMemory, kOwner});
  bench.write(DISK_OWNER, 8);  // of the next one
  bench.step_until(600);
  bench.write(DISK_CANCEL, 8);
  EXPECT_EQ(bench.run(), 800u);
  EXPECT_EQ(bench.status(), uint32_t{DISK_STATUS_DONE});
}

// Reads blocks 0 to 3, whose words pass from 512 on; a burst takes 32 cycles when 32 have passed.
TEST(DiskCancel, ReadingEndsWithTheBurstUnderWay) {
  for (uint64_t at = 0; at < 1056; ++at) {
    DiskBench bench;
    bench.store(0, 4, 5000);
    const uint64_t begin = bench.now() / 512 * 512 + 512;
    bench.step_until(begin);
    bench.write(DISK_CONTROL, DISK_CONTROL_INTERRUPT);
    bench.command({DISK_COMMAND_READ, 0, 4, kMemory, kOwner});
    bench.step_until(begin + at);
    const size_t before = bench.bursts.size();
    bench.write(DISK_CANCEL, kOwner);
    const bool is_last = before == 16;
    const bool is_moving = bench.bus_free > bench.machine.clock.now();
    EXPECT_EQ(bench.is_busy(), is_moving || is_last) << at;
    EXPECT_EQ(bench.interrupt(), !bench.is_busy()) << at;
    const uint64_t end = std::max(bench.bus_free.count, bench.now());
    EXPECT_EQ(bench.run(), end) << at;
    EXPECT_EQ(bench.bursts.size(), before) << at;
    EXPECT_EQ(bench.status(), is_last ? uint32_t{DISK_STATUS_DONE} : kCancelled) << at;
    EXPECT_TRUE(bench.interrupt());
    EXPECT_EQ(bench.read(DISK_MOVED), before / 4) << at;
    EXPECT_EQ(words_changed(bench, 512, 5000), before * 32) << at;
  }
}

// Writes blocks 0 to 3. The first is fetched from 11 to 139; they pass from 512, 640, 768, 896 on.
TEST(DiskCancel, WritingEndsWithTheBlockUnderWay) {
  for (uint64_t at = 0; at < 1024; ++at) {
    DiskBench bench;
    bench.fill(kMemory, 512, 5000);
    bench.command({DISK_COMMAND_WRITE, 0, 4, kMemory, kOwner});
    bench.step_until(at);
    const size_t before = bench.bursts.size();
    bench.write(DISK_CANCEL, kOwner);
    const uint32_t begun = at < 512 ? 0 : static_cast<uint32_t>((at - 512) / 128 + 1);
    bench.run();
    EXPECT_EQ(bench.bursts.size(), before) << at << ": nothing more is fetched";
    EXPECT_EQ(bench.status(), begun == 4 ? uint32_t{DISK_STATUS_DONE} : kCancelled) << at;
    EXPECT_EQ(bench.read(DISK_MOVED), begun) << at;
    const uint64_t passed = begun == 0 ? 0 : 512 + 128 * begun;
    EXPECT_EQ(bench.now(), std::max({at, passed, bench.bus_free.count})) << at;
    for (uint32_t block = 0; block < 4; ++block)
      EXPECT_EQ(bench.first_word(block), block < begun ? 5000 + 128 * block : 0) << at;
  }
}

TEST(DiskCancel, TwiceIsAsOnce) {
  DiskBench bench;
  bench.command({DISK_COMMAND_WRITE, 0, 4, kMemory, kOwner});
  bench.step_until(520);
  bench.write(DISK_CANCEL, kOwner);
  bench.step_until(530);
  bench.write(DISK_CANCEL, kOwner);
  EXPECT_TRUE(bench.is_busy());
  EXPECT_EQ(bench.run(), 640u);
  EXPECT_EQ(bench.status(), kCancelled);
}

TEST(DiskCancel, ANewRequestComesAfterIt) {
  for (uint64_t at = 0; at < 1000; at += 3) {
    DiskBench bench;
    bench.store(20, 1, 900);
    const uint64_t begin = bench.now();
    bench.command({DISK_COMMAND_WRITE, 40, 4, kMemory, kOwner});
    bench.step_until(begin + at);
    bench.write(DISK_CANCEL, kOwner);
    while (bench.is_busy()) bench.step();
    bench.write(DISK_STATUS, DISK_STATUS_CANCELLED);
    EXPECT_EQ(bench.carry_out({DISK_COMMAND_READ, 20, 1, kMemory, kOwner}),
              uint32_t{DISK_STATUS_DONE});
    EXPECT_EQ(bench.word(kMemory), 900u);
    EXPECT_EQ(bench.read(DISK_MOVED), 1u);
  }
}

// From cylinder 3 to 7, as from there back, takes 100 + 50 root(3/8) + 70 * 3/8 = 156 cycles. Block
// 24 passes at 128 of each revolution.
TEST(DiskCancel, TheHeadsArriveBeforeTheyTurnBack) {
  DiskBench bench({{"burst", 128}});
  bench.carry_out({DISK_COMMAND_READ, 24, 1, kMemory, kOwner});
  bench.step_until(1414);
  bench.command({DISK_COMMAND_READ, 56, 1, kMemory, kOwner});
  bench.step_until(1426);
  bench.write(DISK_CANCEL, kOwner);
  EXPECT_EQ(bench.status(), kCancelled);
  EXPECT_EQ(bench.read(DISK_CYLINDER), 7u);
  bench.command({DISK_COMMAND_READ, 24, 1, kMemory, kOwner});
  // There at 1414 + 10 + 156 + 156. Had they turned back at once, they would catch it at 1664.
  EXPECT_EQ(bench.run(), 2048u + 128 + 256);
}

}  // namespace
}  // namespace exosim
