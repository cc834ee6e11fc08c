// Each operation is done by MPFR in the result's precision with an unbounded exponent, and then
// brought into the format's range; MPFR's ternary value keeps that from rounding twice.
#include "sim/cpu/fpu/ieee.hpp"

#include <algorithm>
#include <cstdint>

#define MPFR_USE_INTMAX_T
#include <mpfr.h>

#include "isa/machine/fpu.h"
#include "sim/cpu/fpu/float_format.hpp"

namespace exosim {

using isa::FloatFormat;
using isa::FloatOp;

namespace {

mpfr_rnd_t rounding_of(uint32_t rounding) {
  switch (rounding) {
    case FCSR_ROUND_ZERO:
      return MPFR_RNDZ;
    case FCSR_ROUND_UP:
      return MPFR_RNDU;
    case FCSR_ROUND_DOWN:
      return MPFR_RNDD;
    default:
      return MPFR_RNDN;
  }
}

/// A number with a precision of its own.
class Real {
 public:
  explicit Real(FloatLayout layout) { mpfr_init2(value_, layout.fraction_bits + 1); }
  ~Real() { mpfr_clear(value_); }
  Real(const Real&) = delete;
  Real& operator=(const Real&) = delete;

  operator mpfr_ptr() { return value_; }

 private:
  mpfr_t value_;
};

/// Exact: `to` is wide enough. Not for NaNs.
void load(mpfr_ptr to, FloatLayout layout, uint64_t bits) {
  const int sign = layout.negative(bits) ? -1 : 1;
  const FloatKind kind = kind_of(layout, bits);
  if (kind == FloatKind::kZero) return mpfr_set_zero(to, sign);
  if (kind == FloatKind::kInfinity) return mpfr_set_inf(to, sign);
  const bool normal = kind == FloatKind::kNormal;
  const uint64_t significand = layout.fraction(bits) | (normal ? layout.implicit_one() : 0);
  const int exponent = std::max(static_cast<int>(layout.biased_exponent(bits)), 1) - layout.bias();
  mpfr_set_uj_2exp(to, significand, exponent - static_cast<int>(layout.fraction_bits), MPFR_RNDN);
  mpfr_setsign(to, to, sign < 0, MPFR_RNDN);
}

/// Not for NaNs; the number is one of the layout's. Changes `from`.
uint64_t store(mpfr_ptr from, FloatLayout layout) {
  const uint64_t sign = mpfr_signbit(from) ? layout.sign_bit() : 0;
  if (mpfr_zero_p(from)) return sign;
  if (mpfr_inf_p(from)) return sign | layout.infinity();
  // MPFR's significands are below 1, IEEE's below 2.
  const int exponent = std::max(static_cast<int>(mpfr_get_exp(from)) - 1, layout.lowest());
  mpfr_abs(from, from, MPFR_RNDN);
  mpfr_mul_2si(from, from, static_cast<int>(layout.fraction_bits) - exponent, MPFR_RNDN);
  const uint64_t significand = mpfr_get_uj(from, MPFR_RNDN);
  const auto biased = uint64_t{static_cast<unsigned>(exponent + layout.bias())};
  return sign | ((biased << layout.fraction_bits) + significand - layout.implicit_one());
}

/// Within its life MPFR's exponents are those of a layout; MPFR keeps them for each thread.
class ExponentRange {
 public:
  explicit ExponentRange(FloatLayout layout) {
    mpfr_set_emin(layout.lowest() + 1 - static_cast<int>(layout.fraction_bits));
    mpfr_set_emax(layout.highest() + 1);
  }
  ~ExponentRange() {
    mpfr_set_emin(emin_);
    mpfr_set_emax(emax_);
  }
  ExponentRange(const ExponentRange&) = delete;
  ExponentRange& operator=(const ExponentRange&) = delete;

 private:
  mpfr_exp_t emin_ = mpfr_get_emin();
  mpfr_exp_t emax_ = mpfr_get_emax();
};

/// The result of an operation that left `value`, rounded, and MPFR's flags. `ternary` has the sign
/// of the rounding error.
IeeeResult finish(mpfr_ptr value, int ternary, FloatLayout layout, mpfr_rnd_t rounding) {
  if (mpfr_nan_p(value)) return {.bits = layout.default_nan(), .exceptions = FCSR_INVALID};
  if (mpfr_divby0_p()) return {.bits = store(value, layout), .exceptions = FCSR_DIVIDE_BY_ZERO};
  IeeeResult result{.tiny = mpfr_regular_p(value) && mpfr_get_exp(value) - 1 < layout.lowest()};
  {
    const ExponentRange range(layout);
    ternary = mpfr_check_range(value, ternary, rounding);
    ternary = mpfr_subnormalize(value, ternary, rounding);
  }
  if (ternary != 0) result.exceptions = FCSR_INEXACT;
  if (mpfr_overflow_p()) result.exceptions |= FCSR_OVERFLOW;
  if (ternary != 0 && result.tiny) result.exceptions |= FCSR_UNDERFLOW;
  result.bits = store(value, layout);
  return result;
}

int operate(FloatOp op, mpfr_ptr result, mpfr_ptr a, mpfr_ptr b, mpfr_rnd_t rounding) {
  switch (op) {
    case FloatOp::kAdd:
      return mpfr_add(result, a, b, rounding);
    case FloatOp::kSubtract:
      return mpfr_sub(result, a, b, rounding);
    case FloatOp::kMultiply:
      return mpfr_mul(result, a, b, rounding);
    default:
      return mpfr_div(result, a, b, rounding);
  }
}

/// A NaN in another format: sign and the upper bits of the fraction stay, unless that would make it
/// an infinity.
uint64_t convert_nan(FloatLayout to, FloatLayout from, uint64_t bits) {
  const int shift = static_cast<int>(to.fraction_bits) - static_cast<int>(from.fraction_bits);
  const uint64_t fraction = from.fraction(bits);
  const uint64_t shifted = shift > 0 ? fraction << shift : fraction >> -shift;
  if (shifted == 0) return to.default_nan();
  return (from.negative(bits) ? to.sign_bit() : 0) | to.infinity() | shifted;
}

}  // namespace

struct IeeeArithmetic::Registers {
  Real a{kDoubleLayout};
  Real b{kDoubleLayout};
  Real single{kSingleLayout};
  Real wide{kDoubleLayout};

  Real& result(FloatFormat format) { return format == FloatFormat::kSingle ? single : wide; }
};

IeeeArithmetic::IeeeArithmetic() : registers_(std::make_unique<Registers>()) {}
IeeeArithmetic::~IeeeArithmetic() = default;

IeeeResult IeeeArithmetic::binary(FloatOp op, FloatFormat format, uint64_t a, uint64_t b,
                                  uint32_t rounding) {
  const FloatLayout layout = layout_of(format);
  const FloatKind kind_a = kind_of(layout, a);
  const FloatKind kind_b = kind_of(layout, b);
  if (kind_a == FloatKind::kSignallingNan || kind_b == FloatKind::kSignallingNan)
    return {.bits = layout.default_nan(), .exceptions = FCSR_INVALID};
  if (is_nan(kind_a)) return {.bits = a};
  if (is_nan(kind_b)) return {.bits = b};
  load(registers_->a, layout, a);
  load(registers_->b, layout, b);
  mpfr_clear_flags();
  const mpfr_rnd_t mode = rounding_of(rounding);
  Real& result = registers_->result(format);
  const int ternary = operate(op, result, registers_->a, registers_->b, mode);
  return finish(result, ternary, layout, mode);
}

IeeeResult IeeeArithmetic::convert(FloatFormat to, FloatFormat from, uint64_t bits,
                                   uint32_t rounding) {
  if (from == FloatFormat::kWord) return convert_word(to, static_cast<uint32_t>(bits), rounding);
  if (to == FloatFormat::kWord) return convert_to_word(from, bits, rounding);
  const FloatKind kind = kind_of(layout_of(from), bits);
  if (kind == FloatKind::kSignallingNan)
    return {.bits = layout_of(to).default_nan(), .exceptions = FCSR_INVALID};
  if (kind == FloatKind::kQuietNan)
    return {.bits = convert_nan(layout_of(to), layout_of(from), bits)};
  load(registers_->a, layout_of(from), bits);
  mpfr_clear_flags();
  const mpfr_rnd_t mode = rounding_of(rounding);
  Real& result = registers_->result(to);
  const int ternary = mpfr_set(result, registers_->a, mode);
  return finish(result, ternary, layout_of(to), mode);
}

IeeeResult IeeeArithmetic::convert_word(FloatFormat to, uint32_t word, uint32_t rounding) {
  mpfr_clear_flags();
  const mpfr_rnd_t mode = rounding_of(rounding);
  Real& result = registers_->result(to);
  const int ternary = mpfr_set_sj(result, static_cast<int32_t>(word), mode);
  return finish(result, ternary, layout_of(to), mode);
}

IeeeResult IeeeArithmetic::convert_to_word(FloatFormat from, uint64_t bits, uint32_t rounding) {
  constexpr IeeeResult kInvalid{.bits = INT32_MAX, .exceptions = FCSR_INVALID};
  if (is_nan(kind_of(layout_of(from), bits))) return kInvalid;
  load(registers_->a, layout_of(from), bits);
  Real& integer = registers_->wide;
  const int ternary = mpfr_rint(integer, registers_->a, rounding_of(rounding));
  if (mpfr_cmp_si(integer, INT32_MIN) < 0 || mpfr_cmp_si(integer, INT32_MAX) > 0) return kInvalid;
  const auto value = static_cast<int32_t>(mpfr_get_sj(integer, MPFR_RNDN));
  return {.bits = static_cast<uint32_t>(value),
          .exceptions = static_cast<uint8_t>(ternary != 0 ? FCSR_INEXACT : 0)};
}

FloatOrder compare(FloatFormat format, uint64_t a, uint64_t b) {
  const FloatLayout layout = layout_of(format);
  if (is_nan(kind_of(layout, a)) || is_nan(kind_of(layout, b))) return FloatOrder::kUnordered;
  // Sign and magnitude as a signed number: both zeros are 0.
  const auto ordinal = [layout](uint64_t bits) {
    const auto magnitude = static_cast<int64_t>(bits & (layout.sign_bit() - 1));
    return layout.negative(bits) ? -magnitude : magnitude;
  };
  if (ordinal(a) == ordinal(b)) return FloatOrder::kEqual;
  return ordinal(a) < ordinal(b) ? FloatOrder::kLess : FloatOrder::kGreater;
}

}  // namespace exosim
