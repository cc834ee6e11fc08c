/* The time: the timer's free-running counter, Info::timer_hz ticks a second, where timer_bind has
 * bound the timer's registers. */
#pragma once

#include <cstdint>

#include "isa/devices/timer.h"

namespace exo {

inline uint32_t timer_word(uint32_t registers, uint32_t offset) {
  return *reinterpret_cast<const volatile uint32_t*>(registers + offset);
}

/// Low word of the counter: enough for intervals. `registers`: address of the first one.
inline uint32_t ticks(uint32_t registers) { return timer_word(registers, TIMER_COUNT); }

/// All of the counter. Others may read it at any time, and the high word is that of the last
/// reading: if it is the same before and behind one, it belongs to that.
inline uint64_t all_ticks(uint32_t registers) {
  uint32_t before, low, high;
  timer_word(registers, TIMER_COUNT);
  do {
    before = timer_word(registers, TIMER_COUNT_HIGH);
    low = timer_word(registers, TIMER_COUNT);
    high = timer_word(registers, TIMER_COUNT_HIGH);
  } while (before != high);
  return uint64_t{high} << 32 | low;
}

}  // namespace exo
