// Exact conversion between processor cycles and the ticks of another clock. No floating point,
// and no step-by-step sums that could drift.
#pragma once

#include <cstdint>

#include "sim/base/types.hpp"

namespace exosim {

/// A tick number, wide enough for any 64-bit cycle count at any frequency.
__extension__ using WideTicks = unsigned __int128;

/// Two clocks that both start at cycle 0. Tick n begins at the first cycle at or after n / tick_hz
/// seconds.
class TickScale {
 public:
  /// Both frequencies in Hz, greater than 0.
  TickScale(uint64_t cpu_hz, uint64_t tick_hz);

  /// Ticks that have begun by this cycle (tick 0 not counted): floor(cycles * tick_hz / cpu_hz).
  WideTicks ticks_at(Cycles cycles) const;
  /// The first cycle at which ticks_at() is at least `ticks`; kNever if that is beyond all time.
  Cycles first_cycle_of(WideTicks ticks) const;

 private:
  uint64_t cpu_hz_;
  uint64_t tick_hz_;
};

}  // namespace exosim
