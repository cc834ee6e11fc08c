// Tick numbers against a counter that is stepped cycle by cycle.
#include "sim/time/tick_scale.hpp"

#include <gtest/gtest.h>
#include <rapidcheck/gtest.h>

#include "sim/time/clock.hpp"

namespace exosim {
namespace {

TEST(TickScale, CountsWholeTicks) {
  const TickScale scale(25'000'000, 1'000'000);
  EXPECT_TRUE(scale.ticks_at({24}) == 0);
  EXPECT_TRUE(scale.ticks_at({25}) == 1);
  EXPECT_EQ(scale.first_cycle_of(1), Cycles{25});
  EXPECT_EQ(scale.first_cycle_of(0), Cycles{0});
}

TEST(TickScale, RoundsTicksUpToCycles) {
  const TickScale scale(16'670'000, 1'000'000);  // 16.67 cycles
  EXPECT_EQ(scale.first_cycle_of(1), Cycles{17});
  EXPECT_EQ(scale.first_cycle_of(2), Cycles{34});
  EXPECT_EQ(scale.first_cycle_of(100), Cycles{1667});
}

TEST(TickScale, AllowsATimerFasterThanTheProcessor) {
  const TickScale scale(1, 10);
  EXPECT_TRUE(scale.ticks_at({3}) == 30);
  EXPECT_EQ(scale.first_cycle_of(21), Cycles{3});
}

TEST(TickScale, IsExactAtTheEndOfTime) {
  const TickScale scale(3, 7);
  const Cycles last{kNever.count - 1};
  const WideTicks ticks = scale.ticks_at(last);
  EXPECT_TRUE(ticks == WideTicks{last.count} * 7 / 3);
  EXPECT_LE(scale.first_cycle_of(ticks), last);
  EXPECT_EQ(scale.first_cycle_of(ticks + 1), kNever);
  EXPECT_EQ(scale.first_cycle_of(~WideTicks{0}), kNever);
}

TEST(Clock, AdvancesByWhatItIsTold) {
  Clock clock;
  EXPECT_EQ(clock.now(), Cycles{0});
  clock.advance({5});
  clock.advance({2});
  EXPECT_EQ(clock.now(), Cycles{7});
}

RC_GTEST_PROP(TickScaleProperty, AgreesWithStepping, ()) {
  const uint64_t cpu_hz = *rc::gen::inRange<uint64_t>(1, 100);
  const uint64_t tick_hz = *rc::gen::inRange<uint64_t>(1, 300);
  const TickScale scale(cpu_hz, tick_hz);
  uint64_t phase = 0;
  uint64_t ticks = 0;
  for (uint64_t cycle = 0; cycle < 200; ++cycle) {
    RC_ASSERT(scale.ticks_at({cycle}) == ticks);
    for (phase += tick_hz; phase >= cpu_hz; phase -= cpu_hz) {
      ++ticks;
      RC_ASSERT(scale.first_cycle_of(ticks) == Cycles{cycle + 1});
    }
  }
}

RC_GTEST_PROP(TickScaleProperty, FirstCycleIsTheFirst,
              (uint64_t cpu_hz, uint64_t tick_hz, uint64_t cycle)) {
  RC_PRE(cpu_hz > 0 && tick_hz > 0);
  const TickScale scale(cpu_hz, tick_hz);
  const WideTicks tick = scale.ticks_at({cycle});
  const Cycles first = scale.first_cycle_of(tick);
  RC_ASSERT(first <= Cycles{cycle});
  RC_ASSERT(scale.ticks_at(first) == tick);
  RC_ASSERT(first.count == 0 || scale.ticks_at({first.count - 1}) < tick);
}

}  // namespace
}  // namespace exosim
