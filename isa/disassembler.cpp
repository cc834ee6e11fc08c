// A word as text, from its row's name and form.
#include "isa/disassembler.hpp"

#include <array>
#include <charconv>
#include <string_view>

#include "isa/decoder.hpp"
#include "isa/insn_info.hpp"
#include "isa/operands.hpp"
#include "isa/register_names.hpp"

namespace exosim::isa {
namespace {

std::string hex(uint32_t value) {
  std::array<char, 8> digits;
  const auto result = std::to_chars(digits.data(), digits.data() + digits.size(), value, 16);
  return "0x" + std::string(digits.data(), result.ptr);
}

std::string address_text(uint32_t address, const Symbolizer& symbolizer) {
  const std::string symbol = symbolizer ? symbolizer(address) : std::string{};
  return symbol.empty() ? hex(address) : hex(address) + " <" + symbol + ">";
}

std::string operand_text(Operand operand, Word word, uint32_t address,
                         const Symbolizer& symbolizer) {
  const uint32_t field = operand.field(word);
  switch (operand.kind) {
    case OperandKind::kGpr:
      return std::string(kGprNames[field]);
    case OperandKind::kBase:
      return "(" + std::string(kGprNames[field]) + ")";
    case OperandKind::kShift:
    case OperandKind::kUnsigned:
    case OperandKind::kCode:
    case OperandKind::kFunction:
      return hex(field);
    case OperandKind::kSigned:
      return std::to_string(static_cast<int32_t>(word.simm()));
    case OperandKind::kOffset:
      return address_text(branch_target(word, address), symbolizer);
    case OperandKind::kTarget:
      return address_text(jump_target(word, address), symbolizer);
    case OperandKind::kCoprocessor:
      return coprocessor_register_name(word, field);
    case OperandKind::kZero:
      return "zero";
  }
  return {};
}

/// The operands that text shows: no trailing zero codes, no link register if it is ra.
OperandList shown_operands(Form form, Word word) {
  OperandList shown = operands_of(form);
  if (form == Form::kRdRs && word.rd() == 31) return operands_of(Form::kRs);
  while (shown.count > 0 && shown.operands[shown.count - 1u].kind == OperandKind::kCode &&
         shown.operands[shown.count - 1u].field(word) == 0)
    --shown.count;
  return shown;
}

}  // namespace

std::string disassemble(Word word, uint32_t address, const Symbolizer& symbolizer) {
  const InsnId id = decode(word);
  if (id == kReservedInsn) return ".word\t" + hex(word.bits);
  std::string text = kInsnInfo[id].name;
  std::string_view separator = "\t";
  for (const Operand& operand : shown_operands(kInsnInfo[id].form, word)) {
    if (operand.kind != OperandKind::kBase) text += separator;
    text += operand_text(operand, word, address, symbolizer);
    separator = ",";
  }
  return text;
}

}  // namespace exosim::isa
