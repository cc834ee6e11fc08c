// The R2010 or R3010: which operations it does itself, which it leaves to software, and what it
// notes about them in FCR31. docs/machine.md, "Floating point", has the rules and their sources.
#pragma once

#include <cstdint>

#include "isa/insn.hpp"
#include "isa/machine/fpu.h"
#include "sim/cpu/fpu/fpu_state.hpp"
#include "sim/cpu/fpu/ieee.hpp"

namespace exosim {

/// The coprocessor that a machine has.
struct FpuConfig {
  bool present = true;
  unsigned interrupt = 7;   // the bit of Cause.IP that it raises, 2..7
  uint32_t id = FPU_R3010;  // FCR0
};

/// Where an operation finds its operands and leaves its result.
struct FloatOperands {
  isa::FloatFormat format;
  unsigned fd = 0;
  unsigned fs = 0;
  unsigned ft = 0;
};

/// Operations on a state. One that traps changes only the cause bits of FCR31, so that
/// state.interrupts(); `step` is its number, as in fpu_state.hpp.
class Fpu {
 public:
  void binary(FpuState& state, isa::FloatOp op, FloatOperands at, uint64_t step);
  void unary(FpuState& state, isa::FloatOp op, FloatOperands at, uint64_t step);
  void convert(FpuState& state, isa::FloatFormat to, FloatOperands at, uint64_t step);
  /// `condition` is that of isa::Word.
  void compare(FpuState& state, unsigned condition, FloatOperands at, uint64_t step);
  /// An operation or format that this coprocessor does not know.
  void unimplemented(FpuState& state, uint64_t step);

 private:
  IeeeArithmetic arithmetic_;
};

}  // namespace exosim
