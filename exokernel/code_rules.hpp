// What the verifier and the translator of downloaded code know of each instruction. The list is
// code_instructions.def; encodings, operands and dependences come from the rows of isa/insn.
#pragma once

#include <array>
#include <cstdint>

#include "isa/decoder.hpp"
#include "isa/dependences.hpp"
#include "isa/encoder.hpp"
#include "isa/machine/registers.h"

namespace aegis {

enum class CodeKind : uint8_t {
  REFUSED,
#define EXO_CODE_KIND(kind, documentation) kind,
#include "exokernel/code_instructions.def"
};

/// Where an instruction names a register that it reads or writes.
inline constexpr uint8_t kFieldRs = 1;
inline constexpr uint8_t kFieldRt = 2;
inline constexpr uint8_t kFieldRd = 4;

struct CodeRule {
  uint32_t mask = 0;  // bits that do not vary: the word has `match` there
  uint32_t match = 0;
  CodeKind kind = CodeKind::REFUSED;
  uint8_t fields = 0;  // of the registers that the instruction uses
};

/// The registers of downloaded code: 0, at, v0, v1, a0 to a3, t0 to t7. Where it returns is in ra.
inline constexpr uint32_t kCodeRegisters = 0x0000ffff;
inline constexpr unsigned kReturnRegister = REG_RA;
/// The registers that the sandbox keeps from it: an address within the window, and the window's.
inline constexpr unsigned kAddressRegister = REG_T8;
inline constexpr unsigned kWindowRegister = REG_T9;

namespace code_rules {

using exosim::isa::Dependences;
using exosim::isa::InsnId;
using exosim::isa::InsnInfo;
using exosim::isa::OpClass;
using exosim::isa::Word;

constexpr bool is_kind(CodeKind kind, OpClass op_class) {
  switch (kind) {
    case CodeKind::PLAIN:
      return op_class == OpClass::kAlu || op_class == OpClass::kShift;
    case CodeKind::MULTIPLY:
      return op_class == OpClass::kMultiply || op_class == OpClass::kDivide;
    case CodeKind::RESULT:
      return op_class == OpClass::kMoveFromHiLo;
    case CodeKind::LOAD:
      return op_class == OpClass::kLoad;
    case CodeKind::STORE:
      return op_class == OpClass::kStore;
    case CodeKind::BRANCH:
      return op_class == OpClass::kBranch;
    case CodeKind::RETURN:
      return op_class == OpClass::kJump;
    case CodeKind::REFUSED:
      return false;
  }
  return false;
}

/// The row with register 1 as rs, 2 as rt, 3 as rd, and all other operands 0.
constexpr Dependences probe(const InsnInfo& row) {
  constexpr uint32_t kRegisters = (1u << 21) | (2u << 16) | (3u << 11);
  const uint32_t operands = operand_bits(row.form) & ~row.encoding.mask;
  return exosim::isa::dependences({row.encoding.match | (kRegisters & operands)});
}

/// Not constexpr and never defined: a constant that reaches it does not compile.
void the_row_is_not_what_code_may_do();

constexpr CodeRule make_rule(const InsnInfo& row, CodeKind kind) {
  const Dependences seen = probe(row);
  const uint32_t used = seen.reads | seen.writes;
  if (!is_kind(kind, row.op_class) || seen.may_overflow || seen.traps || seen.merges != 0 ||
      seen.coprocessors != 0 || (seen.writes & (1u << kReturnRegister)) != 0)
    the_row_is_not_what_code_may_do();
  CodeRule rule;
  rule.mask = row.encoding.mask | ~operand_bits(row.form);
  rule.match = row.encoding.match;
  rule.kind = kind;
  rule.fields = static_cast<uint8_t>(used >> 1 & 7);
  return rule;
}

constexpr auto make_rules() {
  std::array<CodeRule, exosim::isa::kInsnInfo.size()> rules{};
#define EXO_CODE_INSN(name, kind)      \
  rules[exosim::isa::kInsnId<#name>] = \
      make_rule(exosim::isa::kInsnInfo[exosim::isa::kInsnId<#name>], CodeKind::kind);
#include "exokernel/code_instructions.def"
  return rules;
}

}  // namespace code_rules

/// Indexed by InsnId.
inline constexpr auto kCodeRules = code_rules::make_rules();
inline constexpr CodeRule kRefusedRule;

inline const CodeRule& code_rule(exosim::isa::Word word) {
  const exosim::isa::InsnId id = exosim::isa::decode(word);
  return id == exosim::isa::kReservedInsn ? kRefusedRule : kCodeRules[id];
}

constexpr bool has_delay_slot(CodeKind kind) {
  return kind == CodeKind::BRANCH || kind == CodeKind::RETURN;
}

/// Of a branch at `index`: where it goes. Beyond all code if it goes back before the first.
constexpr uint32_t branch_target(uint32_t index, exosim::isa::Word word) {
  return index + 1 + word.simm();
}

}  // namespace aegis
