// The commands of exosim-bench. Adding one: its file here, and its row in command_table.cpp.
#pragma once

#include <span>
#include <string>
#include <string_view>

#include "bench/options/command_line.hpp"
#include "sim/base/result.hpp"

namespace exosim::bench {

struct Command {
  std::string_view name;
  std::string_view arguments;  // "SUITE.yaml -o DIR", for the usage line
  std::string_view summary;    // one line
  std::string_view details;    // what else --help says; lines that end with a newline
  std::span<const OptionRow> options;
  /// The process's exit status; the Error is a bad input (exit status 2).
  Result<int> (*act)(const CommandLine& line);
};

extern const Command kRunCommand;
extern const Command kCheckCommand;
extern const Command kBlessCommand;
extern const Command kDiffCommand;
extern const Command kListCommand;
extern const Command kReportCommand;

/// In the order of --help.
std::span<const Command* const> commands();
/// What `exosim-bench COMMAND --help` prints.
std::string help_of(const Command& command);

/// Exit statuses.
inline constexpr int kAllAsExpected = 0;
inline constexpr int kNotAsExpected = 1;
inline constexpr int kBadInput = 2;
inline constexpr int kInternalError = 125;  // as exosim's

}  // namespace exosim::bench
