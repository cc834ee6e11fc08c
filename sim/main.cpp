// The exosim program: options, then information or a run.
#include <fmt/format.h>

#include <cstdio>
#include <exception>
#include <span>
#include <string>

#include "sim/base/log.hpp"
#include "sim/bus/device_docs.hpp"
#include "sim/machine/config/print_config.hpp"
#include "sim/machine/config/schema.hpp"
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
    case Action::kExplainExit:
      return markdown ? explain_exit_markdown() : explain_exit_text();
    case Action::kPrintConfig: {
      const auto config = configuration(options);
      if (!config) return config.error();
      return print_config(*config);
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
  fmt::print("{}", *text);
  if (std::fflush(stdout) != 0) return Error{"standard output", "could not be written"};
  return 0;
}

}  // namespace

int main(int argc, char** argv) {
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
