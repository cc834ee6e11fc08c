// 64-bit frequencies times 64-bit counts fit into 128 bits: one product, one division.
#include "sim/time/tick_scale.hpp"

#include <cassert>

namespace exosim {

TickScale::TickScale(uint64_t cpu_hz, uint64_t tick_hz) : cpu_hz_(cpu_hz), tick_hz_(tick_hz) {
  assert(cpu_hz_ > 0 && tick_hz_ > 0);
}

WideTicks TickScale::ticks_at(Cycles cycles) const {
  return WideTicks{cycles.count} * tick_hz_ / cpu_hz_;
}

Cycles TickScale::first_cycle_of(WideTicks ticks) const {
  // Also keeps the product below: ticks <= 2^64 * tick_hz / cpu_hz, so ticks * cpu_hz < 2^128.
  if (ticks > ticks_at(Cycles{kNever.count - 1})) return kNever;
  return {static_cast<uint64_t>((ticks * cpu_hz_ + (tick_hz_ - 1)) / tick_hz_)};
}

}  // namespace exosim
