// The interval timer, one-shot.
#include "exokernel/timer.hpp"

#include "exokernel/device_register.hpp"
#include "exokernel/interrupt_line.hpp"
#include "exokernel/processor.h"
#include "isa/devices/timer.h"

namespace aegis {
namespace {

constexpr uint32_t kThousand = 1'000;
constexpr uint32_t kMillion = 1'000'000;

uint32_t frequency;
uint32_t slice_ticks;
uint32_t cycles_per_tick;  // rounded down: a deadline is never too early

volatile uint32_t& timer_register(uint32_t offset) {
  return device_register(processor.timer, offset);
}

}  // namespace

void timer_attach(const DeviceEntry& device, uint32_t cpu_hz, uint32_t slice) {
  processor.timer = device.registers;
  frequency = timer_register(TIMER_FREQUENCY);
  cycles_per_tick = frequency < cpu_hz ? cpu_hz / frequency : 1;
  // Whole megahertz and the rest apart: the product of both does not fit into 32 bits.
  slice_ticks =
      frequency / kMillion * slice + frequency % kMillion / kThousand * slice / kThousand + 1;
  processor.timer_line = cause_bit(device.interrupt);
  // n ticks last at least n - 1 of their length, and the division rounds down.
  processor.grace_ticks = frequency / (cpu_hz / kGraceCycles + 1) + 2;
  timer_register(TIMER_CONTROL) = TIMER_INTERRUPT;
  wait_for_writes();
}

uint32_t timer_hz() { return frequency; }

uint32_t timer_slice_ticks() { return slice_ticks; }

uint32_t timer_grace_ticks() { return processor.grace_ticks; }

void timer_start(uint32_t ticks) {
  timer_register(TIMER_INTERVAL) = 0;
  timer_register(TIMER_STATUS) = 0;
  timer_register(TIMER_INTERVAL) = ticks;
  wait_for_writes();
}

uint32_t timer_count() { return timer_register(TIMER_COUNT); }

uint32_t timer_ticks(uint32_t cycles) { return cycles / cycles_per_tick + 1; }

bool timer_has_expired() { return timer_register(TIMER_STATUS) != 0; }

}  // namespace aegis
