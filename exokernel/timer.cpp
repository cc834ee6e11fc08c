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

/// Reading changes nothing but which high word belongs to the count, which the kernel does not
/// read; the mapping does not let anyone write.
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
