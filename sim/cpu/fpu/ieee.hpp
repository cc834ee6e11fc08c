// IEEE 754 arithmetic on bits, the whole of it: denormals, all roundings, all exceptions. Computed
// with MPFR, so that the host's floating-point unit and its modes play no part.
#pragma once

#include <cstdint>
#include <memory>

#include "isa/insn.hpp"

namespace exosim {

/// A result and what IEEE 754 has to say about it with all traps disabled. Underflow: tiny after
/// rounding, and inexact.
struct IeeeResult {
  uint64_t bits = 0;
  uint8_t exceptions = 0;  // FCSR_INEXACT to FCSR_INVALID of isa/machine/fpu.h
  bool tiny = false;  // not 0, and smaller than any normal number, when rounded to its precision
};

/// The operations whose results are rounded. `rounding` is FCSR_ROUND_... Of two quiet NaNs the
/// first is the result; an invalid operation gives the layout's default_nan().
class IeeeArithmetic {
 public:
  IeeeArithmetic();
  ~IeeeArithmetic();
  IeeeArithmetic(const IeeeArithmetic&) = delete;
  IeeeArithmetic& operator=(const IeeeArithmetic&) = delete;

  /// kAdd, kSubtract, kMultiply or kDivide of two numbers of kSingle or kDouble.
  IeeeResult binary(isa::FloatOp op, isa::FloatFormat format, uint64_t a, uint64_t b,
                    uint32_t rounding);
  /// Between two different formats. A number that no 32-bit integer is near is invalid and gives
  /// 0x7fffffff, as later MIPS processors do.
  IeeeResult convert(isa::FloatFormat to, isa::FloatFormat from, uint64_t bits, uint32_t rounding);

 private:
  struct Registers;
  IeeeResult convert_word(isa::FloatFormat to, uint32_t word, uint32_t rounding);
  IeeeResult convert_to_word(isa::FloatFormat from, uint64_t bits, uint32_t rounding);

  std::unique_ptr<Registers> registers_;
};

/// How two numbers of kSingle or kDouble stand to each other. Zeros are equal whatever their signs.
enum class FloatOrder : uint8_t { kLess, kEqual, kGreater, kUnordered };
FloatOrder compare(isa::FloatFormat format, uint64_t a, uint64_t b);

}  // namespace exosim
