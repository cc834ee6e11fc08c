// The exosim program: options, then information or a run.
#include <fmt/format.h>

#include <csignal>
#include <cstdio>
#include <exception>
#include <span>
#include <string>

#include "sim/base/log.hpp"
#include "sim/base/standard_streams.hpp"
#include "sim/bus/device_docs.hpp"
#include "sim/machine/config/print_config.hpp"
#include "sim/machine/config/schema.hpp"
#include "sim/machine/diagnosis/guest_bugs.hpp"
#include "sim/machine/host_terminal.hpp"
#include "sim/observe/statistics_list.hpp"
#include "sim/options/exit_codes.hpp"
#include "sim/options/options.hpp"
#include "sim/run.hpp"

namespace {

using namespace exosim;

Result<std::string> information(const Options& options) {
  const bool markdown = options.format == DocFormat::kMarkdown;
  switch (options.action) {
    case Action::kHelp:
      return help_text();
    case Action::kVersion:
      return fmt::format("exosim {}\n", kVersion);
    case Action::kPrintSchema:
      return config_schema();
    case Action::kListDevices:
      return markdown ? device_docs_markdown() : device_docs_text();
    case Action::kListGuestBugs:
      return markdown ? guest_bugs_markdown() : guest_bugs_text();
    case Action::kListStats:
      return markdown ? statistics_list_markdown() : statistics_list_text();
    case Action::kExplainExit:
      return markdown ? explain_exit_markdown() : explain_exit_text();
    case Action::kPrintConfig: {
      const auto config = configuration(options);
      if (!config) return config.error();
      return options.sources ? print_config_with_sources(*config) : print_config(*config);
    }
    case Action::kRun:
      break;
  }
  return std::string();
}

Result<int> act(std::span<const char* const> args) {
  const auto options = parse_options(args);
  if (!options) return options.error();
  set_log_level(options->log_level);
  if (options->action == Action::kRun) return run(*options);
  const auto text = information(*options);
  if (!text) return text.error();
  const auto terminal = HostTerminal::open("", stdout);
  (*terminal)->write(*text);
  if (const std::error_code lost = (*terminal)->flush()) return output_lost(lost);
  return 0;
}

}  // namespace

int main(int argc, char** argv) {
  hold_standard_streams();
  std::signal(SIGPIPE, SIG_IGN);  // writing then fails, and what is open is ended in order
  try {
    const auto code = act({argv + 1, static_cast<size_t>(argc > 0 ? argc - 1 : 0)});
    if (code) return *code;
    print_to_stderr(fmt::format("exosim: {}\n", code.error().text()));
    return static_cast<int>(ExitCode::kBadInput);
  } catch (const std::exception& exception) {
    print_to_stderr(fmt::format("exosim: internal error: {}\n", exception.what()));
    return static_cast<int>(ExitCode::kInternalError);
  }
}
