// Exact reading and writing of quantities: a decimal number is digits over a power of ten.
#include "sim/base/quantity.hpp"

#include <fmt/format.h>
#include <fmt/ranges.h>

#include <charconv>
#include <numeric>
#include <optional>
#include <span>
#include <vector>

#include "sim/base/nearest.hpp"

namespace exosim {

namespace {

struct Unit {
  std::string_view name;
  uint64_t factor;  // in the base unit
};

/// One kind of quantity; the base unit comes first.
struct Kind {
  std::string_view example;
  std::span<const Unit> units;
};

constexpr Unit kByteUnits[] = {{"B", 1}, {"KiB", 1u << 10}, {"MiB", 1u << 20}, {"GiB", 1u << 30}};
constexpr Unit kHertzUnits[] = {
    {"Hz", 1}, {"kHz", 1'000}, {"MHz", 1'000'000}, {"GHz", 1'000'000'000}};
constexpr Unit kTimeUnits[] = {
    {"ps", 1}, {"ns", 1'000}, {"us", 1'000'000}, {"ms", 1'000'000'000}, {"s", 1'000'000'000'000}};
constexpr Kind kBytes{"4KiB", kByteUnits};
constexpr Kind kHertz{"25MHz", kHertzUnits};
constexpr Kind kTime{"10us", kTimeUnits};

constexpr size_t kMaxFractionDigits = 19;  // 10^19 is the last power of ten in 64 bits

bool is_digit(char c) { return c >= '0' && c <= '9'; }

std::string_view leading_digits(std::string_view text) {
  size_t count = 0;
  while (count < text.size() && is_digit(text[count])) ++count;
  return text.substr(0, count);
}

std::optional<uint64_t> read_digits(std::string_view digits, int base) {
  uint64_t value = 0;
  const char* end = digits.data() + digits.size();
  const auto [stop, status] = std::from_chars(digits.data(), end, value, base);
  if (digits.empty() || stop != end || status != std::errc()) return std::nullopt;
  return value;
}

bool has_leading_zero(std::string_view digits) { return digits.size() > 1 && digits[0] == '0'; }

/// The text as it may stand in a message: long or unprintable input is not repeated in full.
std::string quoted(std::string_view text) {
  constexpr size_t kShown = 40;
  std::string shown;
  for (const char c : text.substr(0, kShown)) shown += c >= ' ' && c <= '~' ? c : '?';
  return fmt::format("\"{}{}\"", shown, text.size() > kShown ? "..." : "");
}

Error refused(std::string_view text, std::string_view reason) {
  return {{}, fmt::format("{} {}", quoted(text), reason)};
}

constexpr std::string_view kLeadingZero = "has a leading zero (YAML 1.1 would read it as octal)";
constexpr std::string_view kTooLarge = "does not fit into 64 bits";

std::string allowed(const Kind& kind) {
  std::vector<std::string_view> names;
  for (const Unit& unit : kind.units) names.push_back(unit.name);
  return fmt::format("allowed: {}, as in {}", fmt::join(names, ", "), kind.example);
}

const Unit* find_unit(const Kind& kind, std::string_view name) {
  for (const Unit& unit : kind.units) {
    if (unit.name == name) return &unit;
  }
  return nullptr;
}

/// ", did you mean MiB?" after mib, " MiB" or MB, or nothing.
std::string nearest_unit(const Kind& kind, std::string_view given) {
  std::vector<std::string> names;
  for (const Unit& unit : kind.units) names.emplace_back(unit.name);
  const bool is_decimal_prefix = kind.units.data() == kByteUnits && given.size() == 2 &&
                                 std::string_view("kKMG").find(given[0]) != given.npos &&
                                 given[1] == 'B';
  const std::string meant = is_decimal_prefix ? fmt::format("{}iB", given[0]) : std::string(given);
  const std::optional<std::string> nearest = nearest_name(meant, names);
  return nearest ? fmt::format(", did you mean {}?", *nearest) : "";
}

uint64_t power_of_ten(size_t exponent) {
  uint64_t power = 1;
  for (size_t i = 0; i < exponent; ++i) power *= 10;
  return power;
}

/// A decimal number as written, and what follows it.
struct Decimal {
  std::string_view whole;
  std::string_view fraction;  // without trailing zeros
  std::string_view rest;
};

std::optional<Decimal> split(std::string_view text) {
  Decimal decimal;
  decimal.whole = leading_digits(text);
  text.remove_prefix(decimal.whole.size());
  if (decimal.whole.empty()) return std::nullopt;
  if (text.starts_with('.')) {
    decimal.fraction = leading_digits(text.substr(1));
    if (decimal.fraction.empty()) return std::nullopt;
    text.remove_prefix(1 + decimal.fraction.size());
    while (decimal.fraction.ends_with('0')) decimal.fraction.remove_suffix(1);
  }
  decimal.rest = text;
  return decimal;
}

Result<uint64_t> scale(std::string_view text, const Decimal& decimal, const Kind& kind,
                       const Unit& unit) {
  const std::string not_whole = fmt::format("is not a whole number of {}", kind.units[0].name);
  if (decimal.fraction.size() > kMaxFractionDigits) return refused(text, not_whole);
  const std::string digits = fmt::format("{}{}", decimal.whole, decimal.fraction);
  const std::optional<uint64_t> numerator = read_digits(digits, 10);
  if (!numerator) return refused(text, kTooLarge);
  const uint64_t denominator = power_of_ten(decimal.fraction.size());
  const uint64_t common = std::gcd(denominator, unit.factor);
  if (*numerator % (denominator / common) != 0) return refused(text, not_whole);
  uint64_t value = 0;
  if (__builtin_mul_overflow(*numerator / (denominator / common), unit.factor / common, &value)) {
    return refused(text, kTooLarge);
  }
  return value;
}

Result<uint64_t> parse(std::string_view text, const Kind& kind) {
  const std::optional<Decimal> decimal = split(text);
  if (!decimal) return refused(text, "is not a number with a unit; " + allowed(kind));
  if (has_leading_zero(decimal->whole)) return refused(text, kLeadingZero);
  if (decimal->rest.empty()) return refused(text, "lacks a unit; " + allowed(kind));
  const Unit* unit = find_unit(kind, decimal->rest);
  if (!unit) {
    return refused(text, fmt::format("has the unknown unit {}{}; {}", quoted(decimal->rest),
                                     nearest_unit(kind, decimal->rest), allowed(kind)));
  }
  return scale(text, *decimal, kind, *unit);
}

std::string in_unit(uint64_t value, const Unit& unit) {
  std::string text = fmt::format("{}", value / unit.factor);
  uint64_t remainder = value % unit.factor;
  if (remainder != 0) text += '.';
  while (remainder != 0) {
    remainder *= 10;
    text += static_cast<char>('0' + remainder / unit.factor);
    remainder %= unit.factor;
  }
  return text.append(unit.name);
}

std::string format(uint64_t value, const Kind& kind) {
  std::string shortest = in_unit(value, kind.units[0]);
  for (const Unit& unit : kind.units.subspan(1)) {
    if (value < unit.factor) break;
    std::string text = in_unit(value, unit);
    if (text.size() <= shortest.size()) shortest = std::move(text);
  }
  return shortest;
}

}  // namespace

Result<uint64_t> parse_number(std::string_view text) {
  const bool hex = text.starts_with("0x");
  const std::string_view digits = hex ? text.substr(2) : text;
  if (!hex && has_leading_zero(leading_digits(text))) return refused(text, kLeadingZero);
  if (const std::optional<uint64_t> value = read_digits(digits, hex ? 16 : 10)) return *value;
  const bool all_digits =
      !digits.empty() &&
      digits.find_first_not_of(hex ? "0123456789abcdefABCDEF" : "0123456789") == digits.npos;
  if (all_digits) return refused(text, kTooLarge);
  return refused(text, "is not a number (decimal, or hexadecimal with 0x; no unit)");
}

Result<uint64_t> parse_count(std::string_view text) {
  constexpr std::string_view kSuffixes = "kMG";
  const std::string_view digits = leading_digits(text);
  const std::string_view suffix = text.substr(digits.size());
  const size_t power = suffix.size() == 1 ? kSuffixes.find(suffix[0]) : kSuffixes.npos;
  if (digits.empty() || has_leading_zero(digits) || (!suffix.empty() && power == kSuffixes.npos))
    return refused(text, "is not a whole number (decimal; k, M, G stand for powers of 1000)");
  const std::optional<uint64_t> number = read_digits(digits, 10);
  uint64_t count = 0;
  const uint64_t factor = suffix.empty() ? 1 : power_of_ten(3 * (power + 1));
  if (!number || __builtin_mul_overflow(*number, factor, &count)) return refused(text, kTooLarge);
  return count;
}

Result<uint64_t> parse_bytes(std::string_view text) { return parse(text, kBytes); }
Result<uint64_t> parse_hertz(std::string_view text) { return parse(text, kHertz); }
Result<uint64_t> parse_time(std::string_view text) { return parse(text, kTime); }

std::string format_bytes(uint64_t bytes) { return format(bytes, kBytes); }
std::string format_hertz(uint64_t hertz) { return format(hertz, kHertz); }
std::string format_time(uint64_t picoseconds) { return format(picoseconds, kTime); }

}  // namespace exosim
