// A register of a device.
#pragma once

#include <cstdint>

namespace aegis {

/// The word at `offset` of a device whose registers stand at `registers` in kseg1.
inline volatile uint32_t& device_register(uintptr_t registers, uint32_t offset) {
  return *reinterpret_cast<volatile uint32_t*>(registers + offset);
}

}  // namespace aegis
