// Where each operand of a Form stands in the word and what kind of thing it is. Encoders,
// disassembler and assembler are readings of this one list. Freestanding.
#pragma once

#include <array>
#include <cstddef>
#include <cstdint>

#include "isa/insn.hpp"

namespace exosim::isa {

enum class OperandKind : uint8_t {
  kGpr,
  kBase,         // the register of an address: in parentheses, after the displacement
  kShift,        // shift amount
  kSigned,       // 16 bits, sign-extended
  kUnsigned,     // 16 bits, zero-extended
  kOffset,       // branch displacement in bytes from the delay slot, a multiple of 4
  kTarget,       // jump address; its upper four bits are the delay slot's
  kCoprocessor,  // a coprocessor's register; which one follows from the instruction
  kCode,         // ignored by hardware; in text, trailing zeros may be left out
  kFunction,     // a coprocessor operation, all 25 bits
  kZero,         // text only: the register that div names and does not encode
};

/// One operand: its kind and its field, `width` bits from bit `shift` up.
struct Operand {
  OperandKind kind;
  uint8_t shift;
  uint8_t width;

  constexpr uint32_t field_mask() const { return (1u << width) - 1; }
  constexpr uint32_t field(Word word) const { return (word.bits >> shift) & field_mask(); }
};

/// The operands of a form in the order of assembly text.
struct OperandList {
  std::array<Operand, 3> operands;
  uint8_t count;

  constexpr const Operand* begin() const { return operands.data(); }
  constexpr const Operand* end() const { return operands.data() + count; }
};

inline constexpr Operand kRsOperand{OperandKind::kGpr, 21, 5};
inline constexpr Operand kRtOperand{OperandKind::kGpr, 16, 5};
inline constexpr Operand kRdOperand{OperandKind::kGpr, 11, 5};
inline constexpr Operand kBaseOperand{OperandKind::kBase, 21, 5};
inline constexpr Operand kShiftOperand{OperandKind::kShift, 6, 5};
inline constexpr Operand kSignedOperand{OperandKind::kSigned, 0, 16};
inline constexpr Operand kUnsignedOperand{OperandKind::kUnsigned, 0, 16};
inline constexpr Operand kOffsetOperand{OperandKind::kOffset, 0, 16};
inline constexpr Operand kTargetOperand{OperandKind::kTarget, 0, 26};
inline constexpr Operand kCopRtOperand{OperandKind::kCoprocessor, 16, 5};
inline constexpr Operand kCopRdOperand{OperandKind::kCoprocessor, 11, 5};
inline constexpr Operand kFdOperand{OperandKind::kCoprocessor, 6, 5};
inline constexpr Operand kFsOperand{OperandKind::kCoprocessor, 11, 5};
inline constexpr Operand kFtOperand{OperandKind::kCoprocessor, 16, 5};
inline constexpr Operand kCodeOperand{OperandKind::kCode, 6, 20};
inline constexpr Operand kCodeHighOperand{OperandKind::kCode, 16, 10};
inline constexpr Operand kCodeLowOperand{OperandKind::kCode, 6, 10};
inline constexpr Operand kFunctionOperand{OperandKind::kFunction, 0, 25};
inline constexpr Operand kZeroOperand{OperandKind::kZero, 0, 0};

/// One row per Form, in the order of the enumeration.
struct FormOperands {
  Form form;
  OperandList list;
};

template <class... Operands>
constexpr FormOperands form_operands(Form form, Operands... operands) {
  return {form, {{operands...}, static_cast<uint8_t>(sizeof...(operands))}};
}

inline constexpr std::array kFormOperands = {
    form_operands(Form::kRdRsRt, kRdOperand, kRsOperand, kRtOperand),
    form_operands(Form::kRdRtSa, kRdOperand, kRtOperand, kShiftOperand),
    form_operands(Form::kRdRtRs, kRdOperand, kRtOperand, kRsOperand),
    form_operands(Form::kRtRsSigned, kRtOperand, kRsOperand, kSignedOperand),
    form_operands(Form::kRtRsUnsigned, kRtOperand, kRsOperand, kUnsignedOperand),
    form_operands(Form::kRtUnsigned, kRtOperand, kUnsignedOperand),
    form_operands(Form::kRsRtOffset, kRsOperand, kRtOperand, kOffsetOperand),
    form_operands(Form::kRsOffset, kRsOperand, kOffsetOperand),
    form_operands(Form::kOffset, kOffsetOperand),
    form_operands(Form::kTarget, kTargetOperand),
    form_operands(Form::kRs, kRsOperand),
    form_operands(Form::kRdRs, kRdOperand, kRsOperand),
    form_operands(Form::kRd, kRdOperand),
    form_operands(Form::kRsRt, kRsOperand, kRtOperand),
    form_operands(Form::kZeroRsRt, kZeroOperand, kRsOperand, kRtOperand),
    form_operands(Form::kRtBase, kRtOperand, kSignedOperand, kBaseOperand),
    form_operands(Form::kCopRtBase, kCopRtOperand, kSignedOperand, kBaseOperand),
    form_operands(Form::kCode, kCodeOperand),
    form_operands(Form::kBreakCode, kCodeHighOperand, kCodeLowOperand),
    form_operands(Form::kRtCop0, kRtOperand, kCopRdOperand),
    form_operands(Form::kRtCopRd, kRtOperand, kCopRdOperand),
    form_operands(Form::kCopOperation, kFunctionOperand),
    form_operands(Form::kFdFsFt, kFdOperand, kFsOperand, kFtOperand),
    form_operands(Form::kFdFs, kFdOperand, kFsOperand),
    form_operands(Form::kFsFt, kFsOperand, kFtOperand),
    form_operands(Form::kNone),
};

constexpr bool form_operands_are_in_order() {
  for (size_t i = 0; i < kFormOperands.size(); ++i)
    if (kFormOperands[i].form != static_cast<Form>(i)) return false;
  return kFormOperands.size() == static_cast<size_t>(Form::kNone) + 1;
}
static_assert(form_operands_are_in_order());

constexpr const OperandList& operands_of(Form form) {
  return kFormOperands[static_cast<size_t>(form)].list;
}

/// The bits that operands of this form may set; the rest of a word is either its encoding or
/// ignored by the hardware, and then zero in what encoders make.
constexpr uint32_t operand_bits(Form form) {
  uint32_t bits = 0;
  for (const Operand& operand : operands_of(form)) bits |= operand.field_mask() << operand.shift;
  return bits;
}

}  // namespace exosim::isa
