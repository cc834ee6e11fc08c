// Bounds of the bus's times, against what happens cycle by cycle.
#include "sim/timing/bus_times.hpp"

#include <gtest/gtest.h>

#include <algorithm>

#include "sim/base/random.hpp"

namespace exosim {
namespace {

/// For how long refreshes have the bus behind a burst that begins in this cycle.
uint64_t refreshed_behind(const BusTimes& times, uint64_t begin, uint64_t cycles) {
  uint64_t next = 1;
  while (times.refresh_due(next).count <= begin) ++next;  // had the bus before
  uint64_t free = begin + cycles;
  for (; times.refresh_due(next).count <= free; ++next) free += times.refresh_cycles();
  return free - begin - cycles;
}

TEST(BusTimes, NoRefreshesBehindABurstTakeLongerThanSaid) {
  Random random(1);
  unsigned exact = 0;
  for (int i = 0; i < 200; ++i) {
    TimingConfig config;
    config.cpu_hz = 1'000'000 * (8 + random.below(33));
    config.memory.refresh_cycles = 1 + random.below(12);
    const uint64_t least = 2 * config.memory.refresh_cycles * 1'000'000'000'000 / config.cpu_hz;
    config.memory.refresh_interval_ps = least + random.below(5'000'000);
    const BusTimes times(config);
    const uint64_t cycles = 1 + random.below(500);
    const uint64_t bound = times.refreshes_behind(cycles);
    uint64_t longest = 0;
    for (uint64_t begin = 0; begin < 2'000; ++begin)
      longest = std::max(longest, refreshed_behind(times, begin, cycles));
    ASSERT_LE(longest, bound);
    exact += longest == bound;
  }
  EXPECT_GT(exact, 190u);  // some phases do not come up in 2,000 cycles
}

TEST(BusTimes, WithoutRefreshNothingIsBehindABurst) {
  const TimingConfig config;
  EXPECT_EQ(BusTimes(config).refreshes_behind(1'000), 0u);
}

TEST(BusTimes, LongestBurstIsThatOfTheSlowestPlace) {
  TimingConfig config;  // 250 cycles until a time-out
  config.memory.read = {.first = 12, .next = 1};
  EXPECT_EQ(BusTimes(config).longest_burst(8), 250u);
  config.memory.read.next = 40;
  EXPECT_EQ(BusTimes(config).longest_burst(8), 12 + 7 * 40u);
  config.memory.write_same_page = 3;
  config.memory.write_other_page = 2;
  config.memory.write_next = 50;
  EXPECT_EQ(BusTimes(config).longest_burst(8), 3 + 7 * 50u);
  config.regions = {{.base = {0x10000000}, .size = 4, .read = 9, .write = 70},
                    {.base = {0x10001000}, .size = 4, .read = 71, .write = 6},
                    {.base = {0x10002000}, .size = 4, .read = 9, .write = 6}};
  EXPECT_EQ(BusTimes(config).longest_burst(8), 8 * 71u);
}

}  // namespace
}  // namespace exosim
