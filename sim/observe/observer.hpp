// Who looks on. Observers change nothing and cost the guest nothing.
#pragma once

#include "sim/base/types.hpp"
#include "sim/cpu/retired.hpp"
#include "sim/time/step_cost.hpp"

namespace exosim {

/// Sees every step after it has been priced.
class Observer {
 public:
  virtual ~Observer() = default;
  /// The step began at `begin` and ended `cost.total` later.
  virtual void on_retired(Cycles begin, const StepCost& cost, const Retired& retired) = 0;
  /// The machine has emptied caches and TLB for the operations that begin with the instruction at
  /// `site`, the next step's. Again if an interrupt comes before it; if it faults and is restarted,
  /// only once.
  virtual void on_cold_start(Cycles /*now*/, PhysAddr /*site*/, unsigned /*asid*/) {}
  /// Since cycle `at` the interrupts that Status.IM enables, as bits of Cause.IP, are `lines`. What
  /// an instruction changes is told before its step, events after the step in which they fall.
  virtual void on_interrupt_lines(Cycles /*at*/, uint32_t /*lines*/) {}
  /// A device has read or written so many bytes of memory, while the step was priced of which
  /// on_retired() comes next.
  virtual void on_bus_transfer(uint64_t /*bytes*/, bool /*is_write*/) {}
};

}  // namespace exosim
