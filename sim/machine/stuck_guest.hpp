// Notices a guest that cannot go on: an exception at a vector where nobody put a handler, and a
// loop that nothing can end. On the real machine both would run for ever, or run garbage.
#pragma once

#include <cstdint>
#include <optional>
#include <string>

#include "sim/bus/bus.hpp"
#include "sim/cpu/retired.hpp"

namespace exosim {

/// Watches the steps of one processor. Costs a compare or two for an ordinary step.
class StuckGuest {
 public:
  /// Call once when everything is loaded: what stands at a vector now and is not `loaded` code is
  /// garbage, and so long as it stands there unchanged, there is no handler.
  void watch_vector(const Bus& bus, PhysAddr vector, bool loaded);

  /// If the step took an exception to a vector without a handler: a message saying so.
  std::optional<std::string> missing_handler(const Bus& bus, const Retired& retired) const;

  /// True after the second turn of a loop that is nothing but a branch to itself with a nop in its
  /// delay slot (the second, because a load may still have been on its way in the first). Only an
  /// interrupt can end such a loop.
  bool spins(const Retired& retired) {
    if (!retired.branch_taken && !retired.in_delay_slot) return false;
    return update_spin(retired);
  }

 private:
  struct Garbage {
    PhysAddr vector;
    uint32_t word;
  };

  bool update_spin(const Retired& retired);

  std::optional<Garbage> refill_;
  std::optional<Garbage> general_;
  VirtAddr branch_;               // the last taken branch
  bool branch_can_spin_ = false;  // its condition cannot change by itself
  VirtAddr spinning_at_{1};       // no instruction's address
};

}  // namespace exosim
