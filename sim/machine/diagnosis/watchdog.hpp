// Ends a run in which the guest loops with interrupts off: nothing but the watchdog would.
#pragma once

#include <cstdint>

#include "sim/base/types.hpp"

namespace exosim {

/// Looks eight times in its limit whether anything happened: what it counts can only grow, so that
/// nothing between two looks is missed, and no step pays for it.
class Watchdog {
 public:
  /// Bites after so many cycles, or at most an eighth more; 0: never.
  explicit Watchdog(uint64_t limit)
      : limit_{limit}, next_(limit == 0 ? kNever : Cycles{interval()}) {}

  /// When look() is due.
  Cycles next() const { return next_; }
  /// True if it bites. `activity` is the number of exceptions, returns from exceptions, interrupt
  /// enablings and characters of output so far; `open` whether an interrupt would be taken now.
  bool look(Cycles now, uint64_t activity, bool open) {
    next_ = now + Cycles{interval()};
    if (open || activity != activity_) {
      activity_ = activity;
      alive_ = now;
    }
    return now - alive_ >= limit_;
  }

 private:
  uint64_t interval() const { return limit_.count / 8 + 1; }

  Cycles limit_;
  Cycles next_;
  Cycles alive_;  // the last look that saw something
  uint64_t activity_ = 0;
};

}  // namespace exosim
