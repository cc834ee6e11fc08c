// The rule, written from the manual's table. What a bit pattern is (zero, denormal, NaN) and the
// NaN that the machine makes are the code's under test: float_format.hpp.
#include "sim/machine/differential/float_rule.hpp"

#include "isa/machine/fpu.h"
#include "sim/cpu/fpu/float_format.hpp"
#include "sim/machine/differential/float_batch.hpp"

namespace exosim::differential {

using isa::FloatFormat;
using isa::OpClass;

namespace {

constexpr uint32_t kExceptions = 31;
constexpr uint32_t kAbsolute = 0x05;
constexpr uint32_t kMove = 0x06;
constexpr uint32_t kNegate = 0x07;
constexpr uint32_t kToSingle = 0x20;
constexpr uint32_t kToDouble = 0x21;
constexpr uint32_t kToWord = 0x24;

uint64_t in_format(FloatFormat format, uint64_t registers) {
  return format == FloatFormat::kDouble ? registers : registers & 0xffffffff;
}

bool is(FloatKind kind, FloatFormat format, uint64_t registers) {
  return format != FloatFormat::kWord &&
         kind_of(layout_of(format), in_format(format, registers)) == kind;
}

bool any_operand_is(FloatKind kind, const isa::InsnInfo& insn, isa::Word word,
                    const FloatCase& one) {
  const bool two = insn.form != isa::Form::kFdFs;
  return is(kind, word.format(), one.fs) || (two && is(kind, word.format(), one.ft));
}

bool is_sign_operation(isa::Word word) {
  return word.funct() == kAbsolute || word.funct() == kNegate;
}

uint32_t ieee_causes(const isa::InsnInfo& insn, isa::Word word, const FloatCase& one,
                     const FloatCase& qemu) {
  const uint32_t causes = qemu.fcsr_out >> FCSR_CAUSE_SHIFT & kExceptions;
  const bool unseen =
      is_sign_operation(word) && any_operand_is(FloatKind::kSignallingNan, insn, word, one);
  return unseen ? causes | FCSR_INVALID : causes;
}

/// What the hardware cannot do: denormals in or out, underflow, a NaN that it would have to make.
bool is_left_to_software(const isa::InsnInfo& insn, isa::Word word, const FloatCase& one,
                         const FloatCase& qemu) {
  if (insn.op_class == OpClass::kFloatCompare) return false;
  const uint32_t causes = ieee_causes(insn, word, one, qemu);
  if (any_operand_is(FloatKind::kDenormal, insn, word, one)) return true;
  if (is(FloatKind::kDenormal, result_format(word), qemu.fd)) return true;
  const uint32_t enabled = one.fcsr >> FCSR_ENABLE_SHIFT;
  return (causes & FCSR_UNDERFLOW) != 0 || (causes & ~enabled & FCSR_INVALID) != 0;
}

/// The result over what was in $f4 and $f5.
uint64_t merged(isa::Word word, uint64_t before, uint64_t result) {
  if (result_format(word) == FloatFormat::kDouble) return result;
  return (before & ~uint64_t{0xffffffff}) | (result & 0xffffffff);
}

}  // namespace

FloatFormat result_format(isa::Word word) {
  switch (word.funct()) {
    case kToSingle:
      return FloatFormat::kSingle;
    case kToDouble:
      return FloatFormat::kDouble;
    case kToWord:
      return FloatFormat::kWord;
    default:
      return word.format();
  }
}

uint64_t quiet_nan_result(isa::Word word, const FloatCase& one) {
  if (word.format() == FloatFormat::kWord || word.funct() == kToWord || is_sign_operation(word))
    return 0;
  const bool two = word.ft() != 0;
  const bool first = is(FloatKind::kQuietNan, word.format(), one.fs);
  if (!first && !(two && is(FloatKind::kQuietNan, word.format(), one.ft))) return 0;
  const uint64_t nan = in_format(word.format(), first ? one.fs : one.ft);
  if (word.funct() == kToDouble)
    return (nan >> 31 << 63) | 0x7ff0000000000000 | ((nan & 0x007fffff) << 29);
  if (word.funct() != kToSingle) return nan;
  const uint64_t fraction = nan >> 29 & 0x007fffff;
  return fraction == 0 ? kSingleLayout.default_nan() : (nan >> 63 << 31) | 0x7f800000 | fraction;
}

FloatCase by_the_manual(const isa::InsnInfo& insn, const FloatCase& one, const FloatCase& qemu) {
  const isa::Word word = float_word(insn);
  FloatCase expected = one;
  expected.fcsr_out = one.fcsr;
  if (word.funct() == kMove) {
    expected.fd = qemu.fd;
    return expected;
  }
  const bool unimplemented = is_left_to_software(insn, word, one, qemu);
  const uint32_t cause = unimplemented ? FCSR_UNIMPLEMENTED : ieee_causes(insn, word, one, qemu);
  expected.fcsr_out |= cause << FCSR_CAUSE_SHIFT;
  const uint32_t enabled = one.fcsr >> FCSR_ENABLE_SHIFT & kExceptions;
  if ((cause & (enabled | FCSR_UNIMPLEMENTED)) != 0) return expected;
  expected.fcsr_out |= (cause << FCSR_FLAG_SHIFT) | (qemu.fcsr_out & FCSR_CONDITION);
  const uint64_t nan = insn.op_class == OpClass::kFloatCompare ? 0 : quiet_nan_result(word, one);
  expected.fd = nan != 0 ? merged(word, one.fd, nan) : qemu.fd;
  return expected;
}

}  // namespace exosim::differential
