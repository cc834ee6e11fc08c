// The one table of command-line options: parser, help and messages are made from it.
#pragma once

#include <optional>
#include <span>
#include <string>
#include <string_view>

#include "sim/base/result.hpp"
#include "sim/options/options.hpp"

namespace exosim {

/// How many values an option takes.
enum class OptionValue : uint8_t { kNone, kOptional, kRequired };

/// One option.
struct OptionRow {
  std::string_view group;  // heading in --help
  std::string_view name;   // without dashes
  OptionValue value;
  std::string_view value_name;  // "FILE"; empty for kNone
  std::string_view doc;         // one line, with the default
  bool repeatable = false;
  /// Puts the value into the options; a message if it is not acceptable. The text is empty if no
  /// value was given.
  std::optional<std::string> (*apply)(Options&, const std::string& text);
};

std::span<const OptionRow> option_table();
/// Null if there is none.
const OptionRow* find_option(std::string_view name);

}  // namespace exosim
