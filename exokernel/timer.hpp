// The interval timer, which ends slices and grace periods.
#pragma once

#include <cstdint>

#include "exokernel/boot_info.hpp"

namespace aegis {

/// Ours: nothing is published. It has room for some hundred instructions from cold caches.
inline constexpr uint32_t kGraceCycles = 5000;

/// Finds frequency and interrupt line. `device` must exist and have a line; `slice` is the length
/// of a slice in microseconds.
void timer_attach(const DeviceEntry& device, uint32_t cpu_hz, uint32_t slice);
uint32_t timer_hz();
uint32_t timer_slice_ticks();
uint32_t timer_grace_ticks();

/// Starts a slice or a grace period; an expiry that is pending is forgotten.
void timer_start(uint32_t ticks);
bool timer_has_expired();

/// The free-running counter. It does not come round: deadlines are compared as they are.
uint64_t timer_now();
/// So many cycles of the processor in ticks of the timer: at least as long, whatever the frequency.
uint64_t timer_ticks(uint32_t cycles);

}  // namespace aegis
