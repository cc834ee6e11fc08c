// Follows Kane's table of exception causes for the R2010 and R3010 (docs/machine.md, "Floating
// point"): the hardware neither takes nor makes denormals, makes no NaN, and hands quiet NaNs on.
#include "sim/cpu/fpu/fpu.hpp"

#include "sim/cpu/fpu/float_format.hpp"

namespace exosim {

using isa::FloatFormat;
using isa::FloatOp;

namespace {

// The bits of a comparison's number: in which relations it holds, and whether it signals when there
// is none.
constexpr unsigned kIfUnordered = 1;
constexpr unsigned kIfEqual = 2;
constexpr unsigned kIfLess = 4;
constexpr unsigned kSignals = 8;

bool has_kind(FloatKind kind, FloatFormat format, uint64_t bits) {
  return format != FloatFormat::kWord && kind_of(layout_of(format), bits) == kind;
}

bool is_denormal(FloatFormat format, uint64_t bits) {
  return has_kind(FloatKind::kDenormal, format, bits);
}

/// What the hardware says to an IEEE result (tests: fpu_unimplemented_denormal,
/// fpu_unimplemented_invalid, fpu_unimplemented_underflow).
uint32_t cause_of(const FpuState& state, const IeeeResult& result, bool denormal_operand) {
  if (denormal_operand || result.tiny) return FCSR_UNIMPLEMENTED;
  const bool invalid = (result.exceptions & FCSR_INVALID) != 0;
  if (invalid && (state.enabled() & FCSR_INVALID) == 0) return FCSR_UNIMPLEMENTED;
  return result.exceptions;
}

/// The cause bits are those of this operation. The flags gather the causes of operations that do
/// not trap. Returns whether this one does.
bool note_cause(FpuState& state, uint32_t cause, uint64_t step) {
  constexpr uint32_t kCauses = 63u << FCSR_CAUSE_SHIFT;
  const bool traps = (cause & state.enabled()) != 0;
  const uint32_t flags = traps ? 0 : cause << FCSR_FLAG_SHIFT;
  state.set_fcsr((state.fcsr & ~kCauses) | (cause << FCSR_CAUSE_SHIFT) | flags, step);
  return traps;
}

bool holds(unsigned condition, FloatOrder order) {
  switch (order) {
    case FloatOrder::kLess:
      return (condition & kIfLess) != 0;
    case FloatOrder::kEqual:
      return (condition & kIfEqual) != 0;
    case FloatOrder::kUnordered:
      return (condition & kIfUnordered) != 0;
    default:
      return false;
  }
}

}  // namespace

void Fpu::binary(FpuState& state, FloatOp op, FloatOperands at, uint64_t step) {
  const uint64_t a = state.operand(at.format, at.fs, step);
  const uint64_t b = state.operand(at.format, at.ft, step);
  const IeeeResult result = arithmetic_.binary(op, at.format, a, b, state.fcsr & FCSR_RM_MASK);
  const bool denormal = is_denormal(at.format, a) || is_denormal(at.format, b);
  if (note_cause(state, cause_of(state, result, denormal), step)) return;
  state.set_result(at.format, at.fd, result.bits);
}

// mov moves bits. abs and neg are arithmetic: they look at their operand, but they only change the
// sign, of a quiet NaN too (test: fpu_move_abs_neg).
void Fpu::unary(FpuState& state, FloatOp op, FloatOperands at, uint64_t step) {
  const uint64_t operand = state.operand(at.format, at.fs, step);
  if (op == FloatOp::kMove) return state.set_result(at.format, at.fd, operand);
  const bool signalling = has_kind(FloatKind::kSignallingNan, at.format, operand);
  const uint64_t sign = layout_of(at.format).sign_bit();
  const IeeeResult result{.bits = op == FloatOp::kNegate ? operand ^ sign : operand & ~sign,
                          .exceptions = static_cast<uint8_t>(signalling ? FCSR_INVALID : 0)};
  if (note_cause(state, cause_of(state, result, is_denormal(at.format, operand)), step)) return;
  state.set_result(at.format, at.fd, result.bits);
}

void Fpu::convert(FpuState& state, FloatFormat to, FloatOperands at, uint64_t step) {
  const uint64_t operand = state.operand(at.format, at.fs, step);
  const IeeeResult result = arithmetic_.convert(to, at.format, operand, state.fcsr & FCSR_RM_MASK);
  if (note_cause(state, cause_of(state, result, is_denormal(at.format, operand)), step)) return;
  state.set_result(to, at.fd, result.bits);
}

// Denormals compare as any other number, and an invalid comparison has a result without a NaN, so
// that nothing is left to software (test: fpu_compare).
void Fpu::compare(FpuState& state, unsigned condition, FloatOperands at, uint64_t step) {
  const uint64_t a = state.operand(at.format, at.fs, step);
  const uint64_t b = state.operand(at.format, at.ft, step);
  const FloatOrder order = exosim::compare(at.format, a, b);
  const bool invalid = has_kind(FloatKind::kSignallingNan, at.format, a) ||
                       has_kind(FloatKind::kSignallingNan, at.format, b) ||
                       (order == FloatOrder::kUnordered && (condition & kSignals) != 0);
  if (note_cause(state, invalid ? FCSR_INVALID : 0, step)) return;
  const uint32_t others = state.fcsr & ~uint32_t{FCSR_CONDITION};
  state.set_fcsr(others | (holds(condition, order) ? FCSR_CONDITION : 0), step);
}

void Fpu::unimplemented(FpuState& state, uint64_t step) {
  note_cause(state, FCSR_UNIMPLEMENTED, step);
}

}  // namespace exosim
