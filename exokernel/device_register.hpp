// A register of a device.
#pragma once

#include <cstdint>

namespace aegis {

/// The word at `offset` of a device whose registers stand at `registers` in kseg1.
inline volatile uint32_t& device_register(uintptr_t registers, uint32_t offset) {
  return *reinterpret_cast<volatile uint32_t*>(registers + offset);
}

/// Waits until what was written has reached the devices: a write buffer may hold writes back, join
/// them, and let reads overtake them. A store enters it some instructions late.
inline void wait_for_writes() {
  asm volatile(
      ".set push; .set noreorder\n\t"
      "nop; nop; nop; nop\n\t"
      "1: bc0f 1b\n\t"
      "nop\n\t"
      ".set pop" ::
          : "memory");
}

}  // namespace aegis
