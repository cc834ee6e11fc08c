// The exosim-bench program: finds the command, and turns what comes of it into an exit status.
#include <fmt/format.h>

#include <algorithm>
#include <cerrno>
#include <csignal>
#include <cstdio>
#include <exception>
#include <optional>
#include <span>
#include <string>
#include <string_view>
#include <system_error>
#include <vector>

#include "bench/commands/command.hpp"
#include "sim/base/file.hpp"
#include "sim/base/nearest.hpp"
#include "sim/base/standard_streams.hpp"
#include "sim/options/exit_codes.hpp"
#include "sim/options/options.hpp"

namespace {

using namespace exosim;
using namespace exosim::bench;

std::string help_text() {
  std::string text =
      "usage: exosim-bench COMMAND [arguments]\n\n"
      "Runs suites of workloads on simulated machines.\n\nCommands:\n";
  for (const Command* command : commands())
    text += fmt::format("  {:<8}{}\n", command->name, command->summary);
  return text +
         "\nexosim-bench COMMAND --help says more. --version prints the version.\n"
         "Exit status: 0 all as expected, 1 something is not, 2 a suite or an option is wrong.\n";
}

Error unknown_command(const std::string& word) {
  std::vector<std::string> names;
  for (const Command* command : commands()) names.emplace_back(command->name);
  const auto nearest = nearest_name(word, names);
  return {word, fmt::format("no such command{}; exosim-bench --help lists them",
                            nearest ? fmt::format("; did you mean {}?", *nearest) : "")};
}

Result<int> act_on(const Command& command, std::span<const char* const> args) {
  std::vector<OptionRow> rows(command.options.begin(), command.options.end());
  rows.push_back(kHelpOption);
  const auto line = parse_command_line(rows, args);
  if (!line) return line.error();
  if (!line->has(kHelpOption.long_name())) return command.act(*line);
  fmt::print("{}", help_of(command));
  return kAllAsExpected;
}

Result<int> act(std::span<const char* const> args) {
  if (args.empty()) return Error{{}, "no command given\n" + help_text()};
  const std::string word = args.front();
  if (word == "--help" || word == "-h" || word == "--version") {
    fmt::print("{}",
               word == "--version" ? fmt::format("exosim-bench {}\n", kVersion) : help_text());
    return kAllAsExpected;
  }
  const auto found = std::ranges::find(commands(), word, &Command::name);
  if (found == commands().end()) return unknown_command(word);
  return act_on(**found, args.subspan(1));
}

/// What could not be printed; who reads no more need not be told.
int output_lost(int error) {
  if (error == EPIPE) return static_cast<int>(ExitCode::kNoReader);
  fmt::print(stderr, "exosim-bench: {}\n", cannot_write("standard output", error).text());
  return kBadInput;
}

}  // namespace

int main(int argc, char** argv) {
  hold_standard_streams();
  std::signal(SIGPIPE, SIG_IGN);
  try {
    const auto status = act({argv + 1, static_cast<size_t>(argc > 0 ? argc - 1 : 0)});
    if (status) return std::fflush(stdout) == 0 ? *status : output_lost(errno);
    fmt::print(stderr, "exosim-bench: {}\n", status.error().text());
    return kBadInput;
  } catch (const std::system_error& error) {  // fmt's, as a rule
    return output_lost(error.code().value());
  } catch (const std::exception& exception) {
    fmt::print(stderr, "exosim-bench: internal error: {}\n", exception.what());
    return kInternalError;
  }
}
