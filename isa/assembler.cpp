// Text to words: operands are parsed as the row's form lists them.
#include "isa/assembler.hpp"

#include <array>
#include <charconv>
#include <cstddef>
#include <optional>

#include "isa/disassembler.hpp"
#include "isa/encoder.hpp"
#include "isa/insn_info.hpp"
#include "isa/operands.hpp"
#include "isa/register_names.hpp"

namespace exosim::isa {
namespace {

constexpr std::string_view kBlanks = " \t\r";

std::string_view trim(std::string_view text) {
  const size_t first = text.find_first_not_of(kBlanks);
  if (first == text.npos) return {};
  return text.substr(first, text.find_last_not_of(kBlanks) - first + 1);
}

AssemblyError bad(std::string_view what, std::string_view text) {
  return {std::string(what) + " '" + std::string(text) + "'"};
}

std::vector<std::string_view> split(std::string_view text, char separator) {
  std::vector<std::string_view> parts;
  for (;;) {
    const size_t end = text.find(separator);
    parts.push_back(trim(text.substr(0, end)));
    if (end == text.npos) return parts;
    text.remove_prefix(end + 1);
  }
}

/// A decimal or hex literal, or nullopt. Wide, so that range checks see what was written.
std::optional<int64_t> parse_literal(std::string_view text) {
  const bool negative = text.starts_with('-');
  if (negative) text.remove_prefix(1);
  const bool is_hex = text.starts_with("0x");
  if (is_hex) text.remove_prefix(2);
  uint32_t magnitude = 0;
  const char* const end = text.data() + text.size();
  const auto result = std::from_chars(text.data(), end, magnitude, is_hex ? 16 : 10);
  if (result.ec != std::errc{} || result.ptr != end) return std::nullopt;
  return negative ? -int64_t{magnitude} : int64_t{magnitude};
}

/// A literal, a label, or %hi() or %lo() of one: %hi is what lui needs so that adding the
/// sign-extended %lo gives the whole.
std::optional<int64_t> parse_number(std::string_view text, const Labels& labels) {
  const bool high = text.starts_with("%hi(");
  if ((high || text.starts_with("%lo(")) && text.ends_with(')')) {
    const auto whole = parse_number(trim(text.substr(4, text.size() - 5)), labels);
    if (!whole) return std::nullopt;
    const auto bits = static_cast<uint32_t>(*whole);
    return high ? int64_t{((bits + 0x8000) >> 16) & 0xffff} : int64_t{static_cast<int16_t>(bits)};
  }
  if (const auto label = labels.find(text); label != labels.end()) return label->second;
  return parse_literal(text);
}

/// Parses the operands of one instruction.
class OperandParser {
 public:
  OperandParser(const InsnInfo& insn, uint32_t address, const Labels& labels)
      : insn_(insn), address_(address), labels_(labels) {}

  /// What encode() takes for this operand.
  Assembled<uint32_t> parse(Operand operand, std::string_view text) const {
    switch (operand.kind) {
      case OperandKind::kGpr:
        return named(parse_gpr(text), text);
      case OperandKind::kBase:
        return base(text);
      case OperandKind::kCoprocessor:
        return named(parse_coprocessor_register({insn_.encoding.match}, text), text);
      case OperandKind::kZero:
        return zero(text);
      case OperandKind::kSigned:
        return number(text, -0x8000, 0x7fff);
      case OperandKind::kShift:
      case OperandKind::kUnsigned:
      case OperandKind::kCode:
      case OperandKind::kFunction:
        return number(text, 0, operand.field_mask());
      case OperandKind::kOffset:
        return displacement(text);
      case OperandKind::kTarget:
        return target(text);
    }
    return bad("unknown operand", text);
  }

 private:
  static Assembled<uint32_t> named(std::optional<unsigned> number, std::string_view text) {
    if (!number) return bad("no such register:", text);
    return uint32_t{*number};
  }

  static Assembled<uint32_t> base(std::string_view text) {
    if (!text.starts_with('(') || !text.ends_with(')'))
      return bad("expected (register), not", text);
    return named(parse_gpr(trim(text.substr(1, text.size() - 2))), text);
  }

  static Assembled<uint32_t> zero(std::string_view text) {
    if (parse_gpr(text) != 0u) return bad("the first operand must be zero, not", text);
    return 0u;
  }

  Assembled<uint32_t> number(std::string_view text, int64_t low, int64_t high) const {
    const auto value = parse_number(text, labels_);
    if (!value) return bad("not a number or label:", text);
    if (*value < low || *value > high) return bad("out of range:", text);
    return static_cast<uint32_t>(*value);
  }

  Assembled<uint32_t> code_address(std::string_view text) const {
    auto value = number(text, 0, 0xffffffff);
    if (value && *value % 4 != 0) return bad("not a multiple of 4:", text);
    return value;
  }

  Assembled<uint32_t> displacement(std::string_view text) const {
    auto to = code_address(text);
    if (!to) return to;
    const uint32_t bytes = *to - (address_ + 4);
    if (bytes + 0x20000 >= 0x40000) return bad("out of a branch's reach:", text);
    return bytes;
  }

  Assembled<uint32_t> target(std::string_view text) const {
    auto to = code_address(text);
    if (to && ((*to ^ (address_ + 4)) & 0xf0000000) != 0)
      return bad("outside the jump's 256 MiB region:", text);
    return to;
  }

  const InsnInfo& insn_;
  uint32_t address_;
  const Labels& labels_;
};

/// "a0", "-4(sp)" -> "a0", "-4", "(sp)". %hi(x) and %lo(x) keep their parentheses.
std::vector<std::string_view> split_operands(std::string_view text, Form form) {
  if (text.empty()) return {};
  std::vector<std::string_view> parts = split(text, ',');
  const bool has_base = form == Form::kRtBase || form == Form::kCopRtBase;
  const size_t open = parts.back().rfind('(');
  if (!has_base || open == std::string_view::npos) return parts;
  const std::string_view last = parts.back();
  parts.back() = trim(last.substr(0, open));
  parts.push_back(last.substr(open));
  return parts;
}

const InsnInfo* find_insn(std::string_view name) {
  for (const InsnInfo& insn : kInsnInfo)
    if (name == insn.name) return &insn;
  return nullptr;
}

Assembled<Word> assemble_insn(const InsnInfo& insn, std::string_view text, uint32_t address,
                              const Labels& labels) {
  std::vector<std::string_view> parts = split_operands(text, insn.form);
  if (insn.form == Form::kRdRs && parts.size() == 1) parts.insert(parts.begin(), "ra");
  const OperandList operands = operands_of(insn.form);
  const bool has_code = operands.count > 0 && operands.operands[0].kind == OperandKind::kCode;
  if (parts.size() > operands.count || (parts.size() < operands.count && !has_code))
    return AssemblyError{std::string(insn.name) + " takes " + std::to_string(operands.count) +
                         " operands, not " + std::to_string(parts.size())};
  const OperandParser parser(insn, address, labels);
  std::array<uint32_t, 3> values{};
  size_t next = 0;
  for (size_t i = 0; i < parts.size(); ++i) {
    const Operand operand = operands.operands[i];
    const auto value = parser.parse(operand, parts[i]);
    if (!value) return AssemblyError{value.error()};
    if (operand.kind != OperandKind::kZero) values[next++] = *value;
  }
  return encode(insn, values);
}

/// One statement of a program, for the second pass.
struct Statement {
  std::string_view text;
  size_t line;
};

std::string at_line(size_t line, std::string_view message) {
  return "line " + std::to_string(line) + ": " + std::string(message);
}

/// First pass: the statements that make words, and where the labels are.
std::optional<AssemblyError> read_line(std::string_view text, size_t line, uint32_t base,
                                       std::vector<Statement>& statements, Labels& labels) {
  text = text.substr(0, text.find('#'));
  for (std::string_view statement : split(text, ';')) {
    for (size_t colon; (colon = statement.find(':')) != statement.npos;) {
      const std::string name(trim(statement.substr(0, colon)));
      const auto here = static_cast<uint32_t>(base + 4 * statements.size());
      if (!labels.emplace(name, here).second)
        return AssemblyError{at_line(line, "label defined twice: '" + name + "'")};
      statement = trim(statement.substr(colon + 1));
    }
    if (!statement.empty()) statements.push_back({statement, line});
  }
  return std::nullopt;
}

}  // namespace

Assembled<Word> assemble(std::string_view text, uint32_t address, const Labels& labels) {
  text = trim(text);
  const size_t end = text.find_first_of(kBlanks);
  const std::string_view name = text.substr(0, end);
  const std::string_view rest = end == text.npos ? std::string_view{} : trim(text.substr(end));
  if (name == "nop" && rest.empty()) return kNop;
  if (name == ".word") {
    const auto value = parse_number(rest, labels);
    if (!value || *value > 0xffffffff || *value < -0x80000000LL)
      return bad("not a 32-bit number or label:", rest);
    return Word{static_cast<uint32_t>(*value)};
  }
  const InsnInfo* const insn = find_insn(name);
  if (!insn) return bad("no such instruction:", name);
  return assemble_insn(*insn, rest, address, labels);
}

Assembled<std::vector<Word>> assemble_program(std::string_view source, uint32_t base) {
  std::vector<Statement> statements;
  Labels labels;
  size_t number = 0;
  for (std::string_view line : split(source, '\n'))
    if (auto error = read_line(line, ++number, base, statements, labels)) return *error;

  std::vector<Word> words;
  for (const Statement& statement : statements) {
    const auto here = static_cast<uint32_t>(base + 4 * words.size());
    const auto word = assemble(statement.text, here, labels);
    if (!word) return AssemblyError{at_line(statement.line, word.error())};
    words.push_back(*word);
  }
  return words;
}

}  // namespace exosim::isa
