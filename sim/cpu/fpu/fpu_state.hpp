// The floating-point coprocessor's registers as one plain value, and the delays with which changes
// of them are seen. `step` is the number of the instruction that asks or changes (CpuState::steps),
// so that the delays cost nothing where no floating point is used.
#pragma once

#include <array>
#include <cstdint>

#include "isa/insn.hpp"
#include "isa/machine/fpu.h"

namespace exosim {

/// What a change replaced: instructions before the one at `end` still see it.
struct SeenLate {
  uint64_t end = 0;
  uint32_t reg = 0;
  uint32_t value = 0;
  friend bool operator==(const SeenLate&, const SeenLate&) = default;
};

struct FpuState {
  std::array<uint32_t, 32> fpr{};
  uint32_t fcsr = 0;  // FCR31; bits that read 0 are 0
  SeenLate load;      // by mtc1 or lwc1
  SeenLate compared;  // the condition

  /// A register as the instruction at `step` reads it. Right after mtc1 or lwc1 that is the old
  /// value (GCC's mips.md: hazards of mtc and fpload for MIPS I; test: fpu_load_delay).
  uint32_t read(unsigned reg, uint64_t step) const {
    return step < load.end && load.reg == reg ? load.value : fpr[reg];
  }
  /// mtc1 and lwc1.
  void write_late(unsigned reg, uint32_t value, uint64_t step) {
    load = {.end = step + 2, .reg = reg, .value = read(reg, step)};
    fpr[reg] = value;
  }

  /// The operand that names this register. Arithmetic knows even registers only, a double's low
  /// word: the manual leaves odd numbers open, here their low bit is ignored, as MAME does (test:
  /// fpu_register_pairs).
  uint64_t operand(isa::FloatFormat format, unsigned reg, uint64_t step) const {
    const uint64_t low = read(reg & ~1u, step);
    if (format != isa::FloatFormat::kDouble) return low;
    return low | (uint64_t{read(reg | 1u, step)} << 32);
  }
  /// The odd register keeps its value unless the result is a double.
  void set_result(isa::FloatFormat format, unsigned reg, uint64_t bits) {
    fpr[reg & ~1u] = static_cast<uint32_t>(bits);
    if (format == isa::FloatFormat::kDouble) fpr[reg | 1u] = static_cast<uint32_t>(bits >> 32);
  }

  /// The condition as a branch at `step` sees it: the processor sampled it one instruction before
  /// (MIPS R4000 manual, BC1T; test: fpu_condition_delay).
  bool condition(uint64_t step) const {
    const uint32_t seen = step < compared.end ? compared.value : fcsr;
    return (seen & FCSR_CONDITION) != 0;
  }
  /// FCR31 by an operation at `step`.
  void set_fcsr(uint32_t value, uint64_t step) { set_fcsr_for(value, step + 2); }
  /// The same by ctc1, which writes it one instruction later than an operation does (the manual's
  /// T+1; GNU as puts two instructions between ctc1 and bc1t). Only the condition shows that: an
  /// operation waits for what comes before it.
  void write_fcsr(uint32_t value, uint64_t step) { set_fcsr_for(value, step + 3); }

  uint32_t enabled() const { return (fcsr >> FCSR_ENABLE_SHIFT & 31) | FCSR_UNIMPLEMENTED; }
  /// The interrupt's level: an enabled cause, or one that cannot be disabled.
  bool interrupts() const { return (fcsr >> FCSR_CAUSE_SHIFT & enabled()) != 0; }

  friend bool operator==(const FpuState&, const FpuState&) = default;

 private:
  void set_fcsr_for(uint32_t value, uint64_t end) {
    if (((value ^ fcsr) & FCSR_CONDITION) != 0) compared = {.end = end, .value = fcsr};
    fcsr = value & FCSR_MASK;
  }
};

}  // namespace exosim
