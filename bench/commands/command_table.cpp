// The one table of commands.
#include "bench/commands/command.hpp"

#include <fmt/format.h>

#include <array>
#include <vector>

namespace exosim::bench {

std::span<const Command* const> commands() {
  static constexpr std::array kTable = {&kRunCommand,  &kCheckCommand,  &kBlessCommand,
                                        &kDiffCommand, &kReportCommand, &kListCommand};
  return kTable;
}

std::string help_of(const Command& command) {
  std::vector<OptionRow> rows(command.options.begin(), command.options.end());
  rows.push_back(kHelpOption);
  return fmt::format("usage: exosim-bench {} {}\n\n{}.\n{}\n{}", command.name, command.arguments,
                     command.summary, command.details, options_text(rows));
}

}  // namespace exosim::bench
