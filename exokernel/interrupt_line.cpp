// Which lines are driven and whose they are; asking the drivers, and telling the owners.
#include "exokernel/interrupt_line.hpp"

#include "exokernel/abi/errors.h"
#include "exokernel/call_frame.h"
#include "exokernel/cp0.hpp"
#include "exokernel/device_table.hpp"
#include "exokernel/environment.hpp"
#include "exokernel/page.hpp"
#include "exokernel/panic.hpp"
#include "exokernel/processor.h"
#include "isa/devices/timer.h"
#include "isa/markers.h"

namespace aegis {

InterruptTable interrupt_table;

namespace {

constexpr unsigned kDriversMax = 8;
InterruptDriver drivers[kDriversMax];
unsigned driver_count;

// Lines, as bits of Cause. A driven one interrupts everyone; one that is only bound, its owner.
uint32_t driven;   // with a driver
uint32_t foreign;  // with a device that has no driver: what it raises only its owner can bring down
uint32_t bound;    // with an owner
uint32_t masked;   // their owners have been told and have not called interrupt_unmask yet

struct Line {
  Proof proof;
  unsigned driven_devices;
};
Line lines[kInterruptLines];

exo::InterruptRecord& record_of(uint32_t line) { return interrupt_table.line[line]; }
Environment& owner_of(uint32_t line) { return environment_slot(record_of(line).owner); }

uint32_t raised_lines() { return read_cp0<CP0_CAUSE>(); }

void shut_out(uint32_t shut) { write_cp0<CP0_STATUS>(read_cp0<CP0_STATUS>() & ~shut); }

/// Lets a line that no driver wants interrupt its owner, or not.
void set_enabled(uint32_t line, bool is_enabled) {
  const uint32_t bit = cause_bit(line);
  const Environment& owner = owner_of(line);
  if ((driven & bit) != 0) return;
  uint32_t& status = transfer_record(scaled_id(owner.id)).status;
  status = is_enabled ? status | bit : status & ~bit;
  if (processor.current == scaled_id(owner.id))
    write_cp0<CP0_STATUS>((read_cp0<CP0_STATUS>() & ~bit) | (status & bit));
}

void mask(uint32_t line) {
  masked |= cause_bit(line);
  record_of(line).is_masked = 1;
  set_enabled(line, false);
}

void unmask(uint32_t line) {
  masked &= ~cause_bit(line);
  record_of(line).is_masked = 0;
  set_enabled(line, true);
  // It may have been shut out, if it is shared with a driven device.
  write_cp0<CP0_STATUS>(read_cp0<CP0_STATUS>() | (driven & cause_bit(line)));
}

/// What is still raised comes from a device without a driver.
[[gnu::noinline]] void tell_owners(uint32_t raised) {
  const uint32_t unanswered = raised_lines() & raised & foreign;
  for (uint32_t line = 0; line < kInterruptLines; ++line) {
    if ((raised & cause_bit(line)) == 0) continue;
    Environment& owner = owner_of(line);
    owner.context->interrupts[line] = 1;
    environment_post(owner, EXO_EVENT_INTERRUPT);
    if ((unanswered & cause_bit(line)) != 0) mask(line);
  }
}

void give_back(uint32_t line) {
  set_enabled(line, false);
  bound &= ~cause_bit(line);
  masked &= ~cause_bit(line);
  record_of(line).owner = exo::kOwnerNone;
  record_of(line).is_masked = 0;
  lines[line].proof.renew();
}

}  // namespace

void interrupt_lines_start() {
  for (uint32_t index = 0; index < device_count(); ++index) {
    const exo::DeviceRecord& device = device_records[index];
    if (device.line >= kInterruptLines) continue;
    ++record_of(device.line).devices;
    if (cause_bit(device.line) != processor.timer_line)
      foreign |= cause_bit(device.line);
    else if (record_of(device.line).devices > 1)
      panic("another device has the timer's interrupt line");
    else
      record_of(device.line).owner = exo::kOwnerKernel;
  }
  const auto begin = reinterpret_cast<uintptr_t>(&interrupt_table);
  pages_expose(begin, begin + sizeof interrupt_table);
}

void interrupt_line_drive(const InterruptDriver& driver) {
  if (driver_count == kDriversMax) panic("there are more devices than it has room for");
  drivers[driver_count++] = driver;
  driven |= cause_bit(driver.line);
  if (++lines[driver.line].driven_devices == record_of(driver.line).devices)
    foreign &= ~cause_bit(driver.line);
}

uint32_t user_status() { return STATUS_KUP | STATUS_IEP | processor.timer_line | driven; }

bool has_foreign_device(uint32_t lines) { return (lines & foreign) != 0; }

bool interrupts_are_raised() { return (raised_lines() & (driven | (bound & ~masked))) != 0; }

void interrupts_acknowledge() {
  const uint32_t raised = raised_lines() & (driven | (bound & ~masked));
  if (raised == 0) return;
  EXO_DOMAIN("multiplexing");
  for (unsigned index = 0; index < driver_count; ++index)
    if ((raised & cause_bit(drivers[index].line)) != 0) drivers[index].acknowledge();
  const uint32_t told = raised & bound & ~masked;
  if (told != 0) tell_owners(told);
}

void interrupts_shut_out() { shut_out(driven | bound); }

void interrupts_shut_out_raised() { shut_out(raised_lines() & foreign); }

bool interrupts_may_wake(const Environment& environment) {
  const uint32_t awaited = environment.sleep.events;
  if ((awaited & EXO_EVENT_INTERRUPT) != 0)
    for (uint32_t line = 0; line < kInterruptLines; ++line)
      if (record_of(line).owner == environment.id && record_of(line).is_masked == 0) return true;
  for (unsigned index = 0; awaited != 0 && index < driver_count; ++index)
    if ((awaited & drivers[index].expected(environment)) != 0) return true;
  return false;
}

Proof* interrupt_proof(uint32_t line) {
  const bool is_bound = line < kInterruptLines && (bound & cause_bit(line)) != 0;
  return is_bound ? &lines[line].proof : nullptr;
}

void interrupt_lines_give_back(const Environment& environment) {
  for (uint32_t line = 0; line < kInterruptLines; ++line)
    if (record_of(line).owner == environment.id) give_back(line);
}

extern "C" void sys_interrupt_bind(CallFrame& call) {
  EXO_DOMAIN("multiplexing");
  const uint32_t line = call.a[0];
  if (line >= kInterruptLines || record_of(line).devices == 0 ||
      record_of(line).owner == exo::kOwnerKernel)
    return call.fail(EXO_ERROR_BAD_ARGUMENT);
  if (record_of(line).owner != exo::kOwnerNone) return call.fail(EXO_ERROR_BUSY);
  Environment& caller = current_environment();
  record_of(line).owner = caller.id;
  caller.context->interrupts[line] = 0;
  bound |= cause_bit(line);
  set_enabled(line, true);
  call.succeed(line, make_capability(EXO_KIND_INTERRUPT, EXO_RIGHT_ALL, line, lines[line].proof));
}

extern "C" void sys_interrupt_unbind(CallFrame& call) {
  EXO_DOMAIN("multiplexing");
  const exo::Capability capability{{call.a[0], call.a[1], call.a[2]}};
  if (const uint32_t error = check_capability(capability, EXO_KIND_INTERRUPT, EXO_RIGHT_FREE))
    return call.fail(error);
  const uint32_t line = capability.index();
  if (record_of(line).owner != current_environment().id) return call.fail(EXO_ERROR_NOT_OWNER);
  give_back(line);
  call.succeed(0);
}

extern "C" void sys_interrupt_unmask(CallFrame& call) {
  EXO_DOMAIN("multiplexing");
  const exo::Capability capability{{call.a[0], call.a[1], call.a[2]}};
  if (const uint32_t error = check_capability(capability, EXO_KIND_INTERRUPT, EXO_RIGHT_WRITE))
    return call.fail(error);
  unmask(capability.index());
  call.succeed(0);
}

}  // namespace aegis
