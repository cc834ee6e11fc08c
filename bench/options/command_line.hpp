// The command line of exosim-bench: a word that says what to do, then that command's own options.
#pragma once

#include <map>
#include <optional>
#include <span>
#include <string>
#include <string_view>
#include <vector>

#include "sim/base/result.hpp"

namespace exosim::bench {

/// One option of a command.
struct OptionRow {
  std::string_view name;        // without dashes; "output,o" has a short form
  std::string_view value_name;  // "DIR"; empty: it takes no value
  std::string_view doc;         // one line, with the default

  /// Without the short form.
  std::string_view long_name() const { return name.substr(0, name.find(',')); }
};

/// Every command has it.
inline constexpr OptionRow kHelpOption{"help,h", "", "print this text"};

/// What was given to a command. Names without dashes, none of them twice.
struct CommandLine {
  std::vector<std::string> arguments;  // in order, without the command's word
  std::map<std::string, std::string, std::less<>> options;

  bool has(std::string_view option) const { return options.contains(option); }
  /// The option's value; nullopt if it was not given.
  std::optional<std::string> value(std::string_view option) const;
};

/// Takes the arguments behind the command's word apart. Refuses, each with its own message, unknown
/// options (naming the nearest), missing and superfluous values, an option given twice.
Result<CommandLine> parse_command_line(std::span<const OptionRow> rows,
                                       std::span<const char* const> args);

/// The options as --help prints them.
std::string options_text(std::span<const OptionRow> rows);

/// The value of an option that takes a whole number from `least` on; nullopt if it was not given.
Result<std::optional<uint64_t>> number_option(const CommandLine& line, std::string_view option,
                                              uint64_t least);

}  // namespace exosim::bench
