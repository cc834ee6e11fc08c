// Which lines are driven, and asking their drivers.
#include "exokernel/interrupt_line.hpp"

#include "exokernel/cp0.hpp"
#include "exokernel/environment.hpp"
#include "exokernel/panic.hpp"
#include "exokernel/processor.h"
#include "isa/markers.h"

namespace aegis {
namespace {

constexpr unsigned kDriversMax = 8;
InterruptDriver drivers[kDriversMax];
unsigned driver_count;
uint32_t driven;  // lines: bits of Cause

}  // namespace

void interrupt_line_drive(const InterruptDriver& driver) {
  if (driver_count == kDriversMax) panic("there are more devices than it has room for");
  drivers[driver_count++] = driver;
  driven |= cause_bit(driver.line);
}

uint32_t user_status() { return STATUS_KUP | STATUS_IEP | processor.timer_line | driven; }

bool interrupts_are_raised() { return (read_cp0<CP0_CAUSE>() & driven) != 0; }

void interrupts_acknowledge() {
  const uint32_t raised = read_cp0<CP0_CAUSE>() & driven;
  if (raised == 0) return;
  EXO_DOMAIN("multiplexing");
  for (unsigned index = 0; index < driver_count; ++index)
    if ((raised & cause_bit(drivers[index].line)) != 0) drivers[index].acknowledge();
}

void interrupts_shut_out() { write_cp0<CP0_STATUS>(read_cp0<CP0_STATUS>() & ~driven); }

bool interrupts_may_wake(const Environment& environment) {
  for (unsigned index = 0; index < driver_count; ++index)
    if (environment.sleep.events != 0 &&
        (environment.sleep.events & drivers[index].expected(environment)) != 0)
      return true;
  return false;
}

}  // namespace aegis
