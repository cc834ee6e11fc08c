// The timer through its registers, its interrupt line and the clock; and against a model that is
// stepped cycle by cycle.
#include "isa/devices/timer.h"

#include <gtest/gtest.h>
#include <rapidcheck/gtest.h>

#include "sim/bus/device.hpp"
#include "sim/bus/device_params.hpp"
#include "sim/bus/empty_machine.hpp"

namespace exosim {
namespace {

constexpr unsigned kPin = 7;

/// A timer on a machine that only passes time.
class Bench {
 public:
  Bench(uint64_t cpu_hz, uint64_t frequency) {
    const DeviceType& type = Registry<DeviceType>::all().at("timer");
    params_ = default_params(type);
    params_.numbers["frequency"] = frequency;
    timer_ =
        type.create(machine_.context("timer", params_, cpu_hz, InterruptLine(machine_.pins, kPin)))
            .value();
  }

  uint32_t read(uint32_t offset) { return timer_->registers().read(offset, 4).value(); }
  void write(uint32_t offset, uint32_t value) {
    ASSERT_TRUE(timer_->registers().write(offset, 4, value));
  }
  /// One instruction of so many cycles, then the events, as in the machine's main loop.
  void step(uint64_t cycles) { machine_.pass(cycles); }
  bool interrupt() const { return machine_.pins.level() == 1u << kPin; }
  Cycles next_event() const { return machine_.events.next(); }
  Device& device() { return *timer_; }
  void remove() { timer_.reset(); }

 private:
  EmptyMachine machine_;
  DeviceParams params_;
  std::unique_ptr<Device> timer_;
};

TEST(Timer, CountsAtItsOwnFrequency) {
  Bench bench(25'000'000, 1'000'000);
  EXPECT_EQ(bench.read(TIMER_COUNT), 0u);
  bench.step(24);
  EXPECT_EQ(bench.read(TIMER_COUNT), 0u);
  bench.step(1);
  EXPECT_EQ(bench.read(TIMER_COUNT), 1u);
  bench.step(25'000'000);
  EXPECT_EQ(bench.read(TIMER_COUNT), 1'000'001u);
  EXPECT_EQ(bench.read(TIMER_FREQUENCY), 1'000'000u);
}

TEST(Timer, LatchesTheHighWordWhenTheLowIsRead) {
  Bench bench(1, 1);
  bench.step(0xffffffff);
  EXPECT_EQ(bench.read(TIMER_COUNT), 0xffffffffu);
  bench.step(1);
  EXPECT_EQ(bench.read(TIMER_COUNT_HIGH), 0u);
  EXPECT_EQ(bench.read(TIMER_COUNT), 0u);
  EXPECT_EQ(bench.read(TIMER_COUNT_HIGH), 1u);
}

TEST(Timer, PeekDoesNotLatch) {
  Bench bench(1, 1);
  bench.step(uint64_t{5} << 32);
  const Device& timer = bench.device();
  EXPECT_EQ(timer.registers().peek(TIMER_COUNT, 4), 0u);
  EXPECT_EQ(bench.read(TIMER_COUNT_HIGH), 0u);
}

TEST(Timer, ExpiresOnceAtTheFirstCycleOfItsTick) {
  Bench bench(16'670'000, 1'000'000);  // 16.67 cycles each
  bench.write(TIMER_INTERVAL, 2);
  EXPECT_EQ(bench.next_event(), Cycles{34});
  bench.step(33);
  EXPECT_EQ(bench.read(TIMER_STATUS), 0u);
  bench.step(1);
  EXPECT_EQ(bench.read(TIMER_STATUS), 1u);
  EXPECT_EQ(bench.next_event(), kNever);
}

TEST(Timer, RepeatsWithoutDrift) {
  Bench bench(16'670'000, 1'000'000);
  bench.write(TIMER_CONTROL, TIMER_PERIODIC);
  bench.write(TIMER_INTERVAL, 1);
  bench.step(166'699);
  EXPECT_EQ(bench.read(TIMER_STATUS), 9'999u);
  bench.step(1);
  EXPECT_EQ(bench.read(TIMER_STATUS), 10'000u);
  EXPECT_EQ(bench.next_event(), Cycles{166'717});
}

TEST(Timer, StopsAndRestartsByItsInterval) {
  Bench bench(1, 1);
  bench.write(TIMER_INTERVAL, 10);
  bench.step(5);
  bench.write(TIMER_INTERVAL, 10);
  EXPECT_EQ(bench.next_event(), Cycles{15});
  bench.write(TIMER_INTERVAL, 0);
  EXPECT_EQ(bench.next_event(), kNever);
  bench.step(100);
  EXPECT_EQ(bench.read(TIMER_STATUS), 0u);
}

TEST(Timer, AcknowledgesAllExpiriesAtOnce) {
  Bench bench(1, 1);
  bench.write(TIMER_CONTROL, TIMER_PERIODIC);
  bench.write(TIMER_INTERVAL, 10);
  bench.step(35);
  EXPECT_EQ(bench.read(TIMER_STATUS), 3u);
  bench.write(TIMER_STATUS, 0);
  EXPECT_EQ(bench.read(TIMER_STATUS), 0u);
  bench.step(5);
  EXPECT_EQ(bench.read(TIMER_STATUS), 1u);
}

TEST(Timer, InterruptsWhileEnabledAndUnacknowledged) {
  Bench bench(1, 1);
  bench.write(TIMER_INTERVAL, 10);
  bench.step(10);
  EXPECT_FALSE(bench.interrupt());
  bench.write(TIMER_CONTROL, TIMER_INTERRUPT);
  EXPECT_TRUE(bench.interrupt());
  bench.write(TIMER_CONTROL, 0);
  EXPECT_FALSE(bench.interrupt());
  bench.write(TIMER_CONTROL, TIMER_INTERRUPT);
  bench.write(TIMER_STATUS, 1);
  EXPECT_FALSE(bench.interrupt());
  bench.write(TIMER_INTERVAL, 1);
  bench.step(1);
  EXPECT_TRUE(bench.interrupt());
}

TEST(Timer, KeepsOnlyTheControlBitsThatExist) {
  Bench bench(1, 1);
  bench.write(TIMER_CONTROL, 0xffffffff);
  EXPECT_EQ(bench.read(TIMER_CONTROL), uint32_t{TIMER_PERIODIC | TIMER_INTERRUPT});
}

TEST(Timer, StatusStaysAtItsMaximum) {
  Bench bench(1, 0xffffffff);
  bench.write(TIMER_CONTROL, TIMER_PERIODIC | TIMER_INTERRUPT);
  bench.write(TIMER_INTERVAL, 1);
  bench.step(1);
  EXPECT_EQ(bench.read(TIMER_STATUS), 0xffffffffu);
  bench.step(2);
  EXPECT_EQ(bench.read(TIMER_STATUS), 0xffffffffu);
  EXPECT_TRUE(bench.interrupt());
}

TEST(Timer, LeavesNoEventBehind) {
  Bench bench(1, 1);
  bench.write(TIMER_INTERVAL, 10);
  bench.remove();
  EXPECT_EQ(bench.next_event(), kNever);
}

TEST(Timer, RefusesPartialAndMisdirectedAccesses) {
  Bench bench(1, 1);
  RegisterBank& registers = bench.device().registers();
  EXPECT_EQ(registers.read(TIMER_COUNT, 1), std::nullopt);
  EXPECT_FALSE(registers.write(TIMER_COUNT, 4, 0));
  EXPECT_FALSE(registers.write(TIMER_FREQUENCY, 4, 0));
  EXPECT_EQ(registers.read(TIMER_INTERVAL, 4), std::nullopt);
  EXPECT_EQ(registers.read(TIMER_SIZE - 4, 4), std::nullopt);
}

/// The timer as its manual reads: a counter that is stepped tick by tick.
struct Model {
  void cycle() {
    for (phase += frequency; phase >= cpu_hz; phase -= cpu_hz) tick();
  }
  void tick() {
    ++count;
    if (left == 0 || --left != 0) return;
    ++status;
    if ((control & TIMER_PERIODIC) != 0) left = interval;
  }

  uint64_t cpu_hz;
  uint64_t frequency;
  uint64_t phase = 0;
  uint32_t count = 0;
  uint32_t interval = 0;
  uint32_t left = 0;  // ticks to the next expiry, 0 when stopped
  uint32_t status = 0;
  uint32_t control = 0;
};

void do_one_write(Bench& bench, Model& model) {
  switch (*rc::gen::inRange(0, 6)) {
    case 0:
      model.interval = model.left = *rc::gen::inRange(0u, 12u);
      return bench.write(TIMER_INTERVAL, model.interval);
    case 1:
      model.control = *rc::gen::inRange(0u, 4u);
      return bench.write(TIMER_CONTROL, model.control);
    case 2:
      model.status = 0;
      return bench.write(TIMER_STATUS, 0);
    default:
      return;
  }
}

RC_GTEST_PROP(TimerProperty, AgreesWithATickByTickModel, ()) {
  const uint64_t cpu_hz = *rc::gen::inRange<uint64_t>(1, 40);
  const uint64_t frequency = *rc::gen::inRange<uint64_t>(1, 60);
  Bench bench(cpu_hz, frequency);
  Model model{.cpu_hz = cpu_hz, .frequency = frequency};
  for (int i = 0; i < 60; ++i) {
    do_one_write(bench, model);
    const uint64_t cycles = *rc::gen::inRange<uint64_t>(1, 20);
    for (uint64_t cycle = 0; cycle < cycles; ++cycle) model.cycle();
    bench.step(cycles);
    RC_ASSERT(bench.read(TIMER_COUNT) == model.count);
    RC_ASSERT(bench.read(TIMER_STATUS) == model.status);
    RC_ASSERT(bench.interrupt() == (model.status != 0 && (model.control & TIMER_INTERRUPT) != 0));
  }
}

}  // namespace
}  // namespace exosim
