// Words from names and operands, at compile time or at run time: encode<"addu">(rd, rs, rt).
// For tests, generators and the guest's code generators. Freestanding.
#pragma once

#include <array>
#include <cstddef>
#include <cstdint>

#include "isa/insn.hpp"
#include "isa/insn_info.hpp"
#include "isa/operands.hpp"

namespace exosim::isa {

/// An instruction's name as a template argument.
template <size_t N>
struct InsnName {
  char text[N];

  constexpr InsnName(const char (&name)[N]) {
    for (size_t i = 0; i < N; ++i) text[i] = name[i];
  }
  constexpr bool is(const char* other) const {
    size_t i = 0;
    while (text[i] != '\0' && text[i] == other[i]) ++i;
    return text[i] == other[i];
  }
};

template <InsnName Name>
constexpr InsnId find_insn() {
  for (size_t id = 0; id < kInsnInfo.size(); ++id)
    if (Name.is(kInsnInfo[id].name)) return static_cast<InsnId>(id);
  return kReservedInsn;
}

/// The row of a name; an unknown name does not compile.
template <InsnName Name>
inline constexpr InsnId kInsnId = [] {
  constexpr InsnId id = find_insn<Name>();
  static_assert(id != kReservedInsn, "no instruction has this name");
  return id;
}();

/// The bits of one operand; what does not fit is cut off. kOffset takes the displacement from the
/// delay slot in bytes, kTarget the target's address.
constexpr uint32_t operand_field(Operand operand, uint32_t value) {
  const bool counts_words =
      operand.kind == OperandKind::kOffset || operand.kind == OperandKind::kTarget;
  return ((counts_words ? value >> 2 : value) & operand.field_mask()) << operand.shift;
}

/// The word of a row with its operands in the order of assembly text: (rt, offset, base) for lw;
/// the zero of div is left out. Missing operands are 0.
constexpr Word encode(const InsnInfo& insn, const std::array<uint32_t, 3>& values) {
  uint32_t bits = insn.encoding.match;
  size_t next = 0;
  for (const Operand& operand : operands_of(insn.form))
    if (operand.kind != OperandKind::kZero) bits |= operand_field(operand, values[next++]);
  return {bits};
}

/// How many operands encode() takes.
constexpr size_t operand_count(Form form) {
  size_t count = 0;
  for (const Operand& operand : operands_of(form)) count += operand.kind != OperandKind::kZero;
  return count;
}

/// encode<"addu">(rd, rs, rt), encode<"lw">(rt, offset, base), encode<"beq">(rs, rt, displacement).
/// Codes of syscall and break may be left out.
template <InsnName Name, class... Operands>
constexpr Word encode(Operands... operands) {
  constexpr const InsnInfo& insn = kInsnInfo[kInsnId<Name>];
  constexpr bool has_code = insn.form == Form::kCode || insn.form == Form::kBreakCode;
  static_assert(sizeof...(operands) == operand_count(insn.form) ||
                    (has_code && sizeof...(operands) < operand_count(insn.form)),
                "wrong number of operands");
  return encode(insn, {static_cast<uint32_t>(operands)...});
}

inline constexpr Word kNop = {0};
static_assert(encode<"sll">(0, 0, 0) == kNop);

}  // namespace exosim::isa
