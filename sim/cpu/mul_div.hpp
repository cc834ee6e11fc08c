// Results of the multiply/divide unit. Nothing traps; division by zero gives what the hardware's
// algorithm leaves. Sources: PSX-SPX; ps1-tests.
#pragma once

#include <cstdint>

namespace exosim {

struct HiLo {
  uint32_t hi = 0;
  uint32_t lo = 0;
};

constexpr HiLo split_product(uint64_t product) {
  return {static_cast<uint32_t>(product >> 32), static_cast<uint32_t>(product)};
}

constexpr HiLo multiply_signed(uint32_t a, uint32_t b) {
  return split_product(
      static_cast<uint64_t>(int64_t{static_cast<int32_t>(a)} * static_cast<int32_t>(b)));
}

constexpr HiLo multiply_unsigned(uint32_t a, uint32_t b) { return split_product(uint64_t{a} * b); }

/// Test: mul_div_by_zero.
constexpr HiLo divide_signed(uint32_t a, uint32_t b) {
  const auto dividend = static_cast<int32_t>(a);
  const auto divisor = static_cast<int32_t>(b);
  if (divisor == 0) return {.hi = a, .lo = dividend >= 0 ? ~0u : 1u};
  if (a == 0x80000000 && divisor == -1) return {.hi = 0, .lo = a};
  return {.hi = static_cast<uint32_t>(dividend % divisor),
          .lo = static_cast<uint32_t>(dividend / divisor)};
}

/// Test: mul_div_by_zero.
constexpr HiLo divide_unsigned(uint32_t a, uint32_t b) {
  if (b == 0) return {.hi = a, .lo = ~0u};
  return {.hi = a % b, .lo = a / b};
}

}  // namespace exosim
