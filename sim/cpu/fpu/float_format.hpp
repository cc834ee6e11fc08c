// The bits of single and double numbers: fields, kinds, and the NaNs of MIPS, whose quiet bit is
// the inverse of everybody else's.
#pragma once

#include <cstdint>

#include "isa/insn.hpp"

namespace exosim {

/// Sign, then exponent, then fraction. A number fills the low bits of a uint64_t.
struct FloatLayout {
  unsigned fraction_bits;
  unsigned exponent_bits;

  constexpr int bias() const { return (1 << (exponent_bits - 1)) - 1; }
  /// Exponent of the smallest normal number, 2^lowest().
  constexpr int lowest() const { return 1 - bias(); }
  constexpr int highest() const { return bias(); }
  constexpr uint64_t implicit_one() const { return uint64_t{1} << fraction_bits; }
  constexpr uint64_t fraction_mask() const { return implicit_one() - 1; }
  constexpr uint64_t sign_bit() const { return implicit_one() << exponent_bits; }
  constexpr uint64_t infinity() const { return sign_bit() - implicit_one(); }
  constexpr uint64_t signalling_bit() const { return implicit_one() >> 1; }
  /// What an invalid operation gives: 0x7fbfffff, 0x7ff7ffffffffffff.
  constexpr uint64_t default_nan() const { return (sign_bit() - 1) & ~signalling_bit(); }
  constexpr uint64_t fraction(uint64_t bits) const { return bits & fraction_mask(); }
  constexpr uint64_t biased_exponent(uint64_t bits) const {
    return (bits & infinity()) >> fraction_bits;
  }
  constexpr bool negative(uint64_t bits) const { return (bits & sign_bit()) != 0; }
};

inline constexpr FloatLayout kSingleLayout{.fraction_bits = 23, .exponent_bits = 8};
inline constexpr FloatLayout kDoubleLayout{.fraction_bits = 52, .exponent_bits = 11};

/// Of kSingle or kDouble.
constexpr FloatLayout layout_of(isa::FloatFormat format) {
  return format == isa::FloatFormat::kSingle ? kSingleLayout : kDoubleLayout;
}

enum class FloatKind : uint8_t {
  kZero,
  kDenormal,
  kNormal,
  kInfinity,
  kQuietNan,
  kSignallingNan,
};

constexpr FloatKind kind_of(FloatLayout layout, uint64_t bits) {
  const uint64_t magnitude = bits & (layout.sign_bit() - 1);
  if (magnitude > layout.infinity())
    return (bits & layout.signalling_bit()) != 0 ? FloatKind::kSignallingNan : FloatKind::kQuietNan;
  if (magnitude == layout.infinity()) return FloatKind::kInfinity;
  if (magnitude >= layout.implicit_one()) return FloatKind::kNormal;
  return magnitude == 0 ? FloatKind::kZero : FloatKind::kDenormal;
}

constexpr bool is_nan(FloatKind kind) {
  return kind == FloatKind::kQuietNan || kind == FloatKind::kSignallingNan;
}

}  // namespace exosim
