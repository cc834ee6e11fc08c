// Interrupt lines of devices. They are multiplexed, never interpreted: the kernel's driver of a
// device acknowledges what it says, so that the line drops, and posts events to whom it concerns;
// who owns the line is told that it has been raised.
#pragma once

#include <cstdint>

#include "exokernel/abi/env.h"
#include "exokernel/abi/exposed.hpp"
#include "exokernel/capability.hpp"
#include "isa/machine/cp0.h"

namespace aegis {

struct Environment;

/// What a driver in the kernel answers for. Several devices may share a line.
struct InterruptDriver {
  uint32_t line;  // bit of Cause.IP
  /// Makes the device drop the line, and posts events. It is also called when another device of the
  /// line has raised it.
  void (*acknowledge)();
  /// EXO_EVENT_... that the device may still post to an environment, if nothing else happens.
  uint32_t (*expected)(const Environment& environment);
};

inline constexpr uint32_t kInterruptLines = EXO_INTERRUPT_LINES;

/// A page of its own: everyone may read it.
struct alignas(PAGE_SIZE) InterruptTable {
  exo::InterruptRecord line[kInterruptLines];
};
extern InterruptTable interrupt_table;

/// Looks which devices have which line. The table of devices is there, the timer's line is known.
void interrupt_lines_start();
/// From now on the line interrupts everyone. At boot, before the first environment.
void interrupt_line_drive(const InterruptDriver& driver);

/// Status of the processor in user mode, as the previous mode: the timer's line and those of all
/// drivers enabled.
uint32_t user_status();

/// True if one of these lines, bits of Cause, is that of a device without a driver. All drivers are
/// known.
bool has_foreign_device(uint32_t lines);

/// True if a line is raised that a driver or an owner wants to hear of.
bool interrupts_are_raised();
/// Has the drivers acknowledge what is raised, and tells the owners.
void interrupts_acknowledge();
/// Lets only the timer interrupt, until the next slice or transfer.
void interrupts_shut_out();
/// The same only for lines that are still raised by devices without a driver.
void interrupts_shut_out_raised();
/// True if the environment sleeps until an event that a device may still post.
bool interrupts_may_wake(const Environment& environment);

/// Null unless the line has an owner.
Proof* interrupt_proof(uint32_t line);
/// The environment has ended: nobody owns its lines.
void interrupt_lines_give_back(const Environment& environment);

/// A line's bit in Cause.IP and Status.IM.
constexpr uint32_t cause_bit(uint32_t line) { return 1u << (CAUSE_IP_SHIFT + line); }
static_assert(CAUSE_IP_SHIFT == STATUS_IM_SHIFT);

}  // namespace aegis
