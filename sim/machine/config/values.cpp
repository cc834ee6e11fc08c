// Each kind of value: how it is read, bounded and written.
#include "sim/machine/config/values.hpp"

#include <fmt/format.h>
#include <fmt/ranges.h>

#include <algorithm>
#include <bit>

#include "sim/base/quantity.hpp"
#include "sim/machine/config/messages.hpp"

namespace exosim {

namespace {

Error unexpected(const Key& key, const YamlNode& node) {
  return {{}, fmt::format("expected {}, got {}", expected_form(key), node.shown())};
}

Result<uint64_t> parse_number_of(KeyKind kind, std::string_view text) {
  switch (kind) {
    case KeyKind::kBytes:
      return parse_bytes(text);
    case KeyKind::kHertz:
      return parse_hertz(text);
    case KeyKind::kTime:
      return parse_time(text);
    default:
      return parse_number(text);
  }
}

std::string number_text(KeyKind kind, uint64_t number) {
  switch (kind) {
    case KeyKind::kBytes:
      return format_bytes(number);
    case KeyKind::kHertz:
      return format_hertz(number);
    case KeyKind::kTime:
      return format_time(number);
    case KeyKind::kAddress:
      return fmt::format("0x{:08x}", number);
    default:
      return fmt::format("{}", number);
  }
}

Result<KeyValue> parse_numeric(const Key& key, const YamlNode& node) {
  const bool is_plain_number = key.kind == KeyKind::kNumber || key.kind == KeyKind::kAddress;
  if (is_plain_number && node.quoted) {
    return Error{{},
                 fmt::format("expected {}, got {} in quotes, which is text", expected_form(key),
                             node.shown())};
  }
  const Result<uint64_t> number = parse_number_of(key.kind, node.text);
  if (!number) {
    return Error{{}, fmt::format("expected {}: {}", expected_form(key), number.error().message)};
  }
  if (*number < key.low || *number > key.high) {
    return Error{{},
                 fmt::format("{} is out of range: {} to {}", node.shown(),
                             number_text(key.kind, key.low), number_text(key.kind, key.high))};
  }
  if (*number % key.multiple_of != 0) {
    return Error{
        {},
        fmt::format("{} is not a multiple of {}", node.shown(),
                    number_text(key.kind == KeyKind::kAddress ? KeyKind::kNumber : key.kind,
                                key.multiple_of))};
  }
  if (key.power_from != 0 && *number != 0 &&
      (*number < key.power_from || !std::has_single_bit(*number))) {
    return Error{{},
                 fmt::format("{} is not a power of two from {} on", node.shown(),
                             number_text(key.kind, key.power_from))};
  }
  if (!key.numbers.empty() && std::ranges::find(key.numbers, *number) == key.numbers.end()) {
    return Error{{}, fmt::format("{} is none of: {}", node.shown(), fmt::join(key.numbers, ", "))};
  }
  return KeyValue{*number};
}

Result<KeyValue> parse_choice(const Key& key, const YamlNode& node) {
  if (std::ranges::find(key.choices, node.text) == key.choices.end()) {
    return Error{{}, unknown_name("value", node.text, key.choices)};
  }
  return KeyValue{0, node.text};
}

Result<KeyValue> parse_text(const Key& key, const YamlNode& node) {
  if (node.text.size() < key.low) return Error{{}, "expected text, got none"};
  if (node.text.find_first_of("\t\r\n") != node.text.npos) {
    return Error{{}, fmt::format("expected one line of text without tabs, got {}", node.shown())};
  }
  return KeyValue{0, node.text};
}

/// The spellings of YAML 1.2's core schema, which editors use.
Result<KeyValue> parse_flag(const Key& key, const YamlNode& node) {
  const std::string& text = node.text;
  if (!node.quoted && (text == "true" || text == "True" || text == "TRUE")) return KeyValue{1};
  if (!node.quoted && (text == "false" || text == "False" || text == "FALSE")) return KeyValue{0};
  return unexpected(key, node);
}

}  // namespace

std::string expected_form(const Key& key) {
  switch (key.kind) {
    case KeyKind::kBytes:
      return "a size such as 32MiB";
    case KeyKind::kHertz:
      return "a frequency such as 25MHz";
    case KeyKind::kTime:
      return "a time such as 10us";
    case KeyKind::kNumber:
      return "a number";
    case KeyKind::kAddress:
      return "an address such as 0x10000000";
    case KeyKind::kFlag:
      return "true or false";
    case KeyKind::kChoice:
      return fmt::format("one of: {}", fmt::join(key.choices, ", "));
    case KeyKind::kText:
      break;
  }
  return "text";
}

Result<KeyValue> parse_value(const Key& key, const YamlNode& node) {
  if (!node.is_scalar()) return unexpected(key, node);
  switch (key.kind) {
    case KeyKind::kChoice:
      return parse_choice(key, node);
    case KeyKind::kText:
      return parse_text(key, node);
    case KeyKind::kFlag:
      return parse_flag(key, node);
    default:
      return parse_numeric(key, node);
  }
}

std::string canonical_text(const Key& key, const KeyValue& value) {
  switch (key.kind) {
    case KeyKind::kChoice:
    case KeyKind::kText:
      return value.text;
    case KeyKind::kFlag:
      return value.number != 0 ? "true" : "false";
    default:
      return number_text(key.kind, value.number);
  }
}

}  // namespace exosim
