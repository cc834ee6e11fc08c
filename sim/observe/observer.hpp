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
};

}  // namespace exosim
