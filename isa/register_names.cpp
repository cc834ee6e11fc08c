// Register names as binutils prints them for the R3000.
#include "isa/register_names.hpp"

#include <charconv>
#include <cstddef>

namespace exosim::isa {
namespace {

enum class RegisterSet : uint8_t { kCop0, kFpu, kFpuControl, kNumbered };

RegisterSet register_set_of(Word word) {
  const bool moves = word.opcode() >= 0x10 && word.opcode() <= 0x13;
  if (word.coprocessor() == 0) return RegisterSet::kCop0;
  if (word.coprocessor() != 1) return RegisterSet::kNumbered;
  const bool control = moves && (word.rs() == 0x02 || word.rs() == 0x06);
  return control ? RegisterSet::kFpuControl : RegisterSet::kFpu;
}

/// "$4", "$f4" with prefix "$f".
std::optional<unsigned> parse_numbered(std::string_view text, std::string_view prefix) {
  if (!text.starts_with(prefix)) return std::nullopt;
  text.remove_prefix(prefix.size());
  unsigned number = 32;
  const auto [end, error] = std::from_chars(text.data(), text.data() + text.size(), number);
  if (error != std::errc{} || end != text.data() + text.size() || number > 31) return std::nullopt;
  return number;
}

std::optional<unsigned> find_name(const std::array<std::string_view, 32>& names,
                                  std::string_view text) {
  if (text.empty()) return std::nullopt;
  for (unsigned number = 0; number < names.size(); ++number)
    if (names[number] == text) return number;
  return std::nullopt;
}

}  // namespace

std::string coprocessor_register_name(Word word, unsigned number) {
  const RegisterSet set = register_set_of(word);
  if (set == RegisterSet::kCop0 && !kCop0Names[number].empty())
    return std::string(kCop0Names[number]);
  if (set == RegisterSet::kFpuControl && number == 0) return "c1_fir";
  if (set == RegisterSet::kFpuControl && number == 31) return "c1_fcsr";
  return (set == RegisterSet::kFpu ? "$f" : "$") + std::to_string(number);
}

std::optional<unsigned> parse_gpr(std::string_view text) {
  if (text.starts_with('$')) {
    if (const auto number = parse_numbered(text, "$")) return number;
    text.remove_prefix(1);
  }
  return find_name(kGprNames, text == "fp" ? "s8" : text);
}

std::optional<unsigned> parse_coprocessor_register(Word word, std::string_view text) {
  const RegisterSet set = register_set_of(word);
  if (set == RegisterSet::kFpu) return parse_numbered(text, "$f");
  if (const auto number = parse_numbered(text, "$")) return number;
  if (set == RegisterSet::kCop0) return find_name(kCop0Names, text == "c0_status" ? "c0_sr" : text);
  if (set == RegisterSet::kFpuControl && text == "c1_fir") return 0;
  if (set == RegisterSet::kFpuControl && text == "c1_fcsr") return 31;
  return std::nullopt;
}

}  // namespace exosim::isa
