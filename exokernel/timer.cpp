// The interval timer, one-shot; and its page, where everyone may read the time.
#include "exokernel/timer.hpp"

#include "exokernel/abi/errors.h"
#include "exokernel/binding.hpp"
#include "exokernel/call_frame.h"
#include "exokernel/device_register.hpp"
#include "exokernel/device_table.hpp"
#include "exokernel/environment.hpp"
#include "exokernel/interrupt_line.hpp"
#include "exokernel/processor.h"
#include "exokernel/tlb.hpp"
#include "isa/devices/timer.h"
#include "isa/machine/memory_map.h"
#include "isa/markers.h"

namespace aegis {
namespace {

constexpr uint32_t kThousand = 1'000;
constexpr uint32_t kMillion = 1'000'000;

uint32_t frequency;
uint32_t slice_ticks;
// Ticks in a cycle, the latter in units of 2^-32 and rounded up: a deadline is never too early.
uint32_t whole_ticks, part_of_tick;

volatile uint32_t& timer_register(uint32_t offset) {
  return device_register(processor.timer, offset);
}

/// rest * 2^32 / divisor, rounded up; `rest` is less than `divisor`.
uint32_t fraction(uint32_t rest, uint32_t divisor) {
  constexpr unsigned kBits = 32;
  uint64_t left = rest;
  uint32_t quotient = 0;
  for (unsigned bit = 0; bit < kBits; ++bit) {
    left <<= 1;
    const bool fits = left >= divisor;
    if (fits) left -= divisor;
    quotient = quotient << 1 | fits;
  }
  return left == 0 ? quotient : quotient + 1;
}

}  // namespace

void timer_attach(const DeviceEntry& device, uint32_t cpu_hz, uint32_t slice) {
  processor.timer = device.registers;
  frequency = timer_register(TIMER_FREQUENCY);
  whole_ticks = frequency / cpu_hz;
  part_of_tick = fraction(frequency % cpu_hz, cpu_hz);
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

uint64_t timer_now() {
  constexpr unsigned kWordBits = 32;
  const uint32_t low = timer_register(TIMER_COUNT);
  return uint64_t{timer_register(TIMER_COUNT_HIGH)} << kWordBits | low;
}

/// One more for the part of a tick, and one because n ticks last at least n - 1 of their length.
uint64_t timer_ticks(uint32_t cycles) {
  constexpr unsigned kWordBits = 32;
  const uint64_t parts = uint64_t{cycles} * part_of_tick;
  return uint64_t{cycles} * whole_ticks + (parts >> kWordBits) + 2;
}

bool timer_has_expired() { return timer_register(TIMER_STATUS) != 0; }

namespace {

/// True if the timer's page has registers of no other device.
bool stands_alone(uint32_t page) {
  unsigned devices = 0;
  for (uint32_t index = 0; index < device_count(); ++index) {
    const exo::DeviceRecord& device = device_records[index];
    const uint32_t last = device.address + device.bytes - 1;
    devices += device.address >> PAGE_SHIFT <= page && page <= last >> PAGE_SHIFT;
  }
  return devices == 1;
}

}  // namespace

/// Reading changes nothing but which high word belongs to the count, and nobody comes between both
/// readings of the kernel's; the mapping does not let anyone write.
extern "C" void sys_timer_bind(CallFrame& call) {
  EXO_DOMAIN("multiplexing");
  const uint32_t virt = call.a[0];
  if (const uint32_t error = check_bindable(virt)) return call.fail(error);
  const uint32_t registers = processor.timer & KSEG_MASK;
  if (!stands_alone(registers >> PAGE_SHIFT)) return call.fail(EXO_ERROR_NO_DEVICE);
  tlb_insert({.hi = virt | current_environment().space,
              .lo = (registers & ENTRYLO_PFN_MASK) | ENTRYLO_V | ENTRYLO_N});
  call.succeed(registers % PAGE_SIZE);
}

}  // namespace aegis
