// How lwl, lwr, swl and swr cut words at an unaligned address, little-endian. They never raise an
// address error for alignment. Follows PSX-SPX.
#pragma once

#include <cstdint>

namespace exosim {

/// lwl: the bytes of `word` up to `address` go to the upper end of the register.
constexpr uint32_t merge_left(uint32_t reg, uint32_t word, uint32_t address) {
  const unsigned bits = 8 * (address & 3);
  return (reg & (0x00ffffffu >> bits)) | (word << (24 - bits));
}

/// lwr: the bytes of `word` from `address` on go to the lower end of the register.
constexpr uint32_t merge_right(uint32_t reg, uint32_t word, uint32_t address) {
  const unsigned bits = 8 * (address & 3);
  const uint32_t kept = static_cast<uint32_t>(0xffffff00ull << (24 - bits));
  return (reg & kept) | (word >> bits);
}

/// What a store puts on the bus: the low `width` bytes of `value`, 1 to 4, at `address`. Only swl
/// and swr have three (the R3000's "tribyte").
struct BusStore {
  uint32_t address = 0;
  unsigned width = 0;
  uint32_t value = 0;

  /// `value` without the bytes that are not stored.
  constexpr uint32_t bus_value() const { return value & (~0u >> (32 - 8 * width)); }
};

/// swl: the upper end of the register, from the word's start up to `address`.
constexpr BusStore store_left(uint32_t reg, uint32_t address) {
  const unsigned byte = address & 3;
  return {address & ~3u, byte + 1, reg >> (24 - 8 * byte)};
}

/// swr: the lower end of the register, from `address` to the word's end.
constexpr BusStore store_right(uint32_t reg, uint32_t address) {
  return {address, 4 - (address & 3), reg};
}

}  // namespace exosim
