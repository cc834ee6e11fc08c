// exosim-bench check: a suite against expected.json.
#include <fmt/format.h>

#include <cstdio>
#include <span>
#include <string>
#include <string_view>

#include "bench/commands/command.hpp"
#include "bench/commands/gate_output.hpp"
#include "bench/commands/gate_suite.hpp"

namespace exosim::bench {
namespace {

constexpr OptionRow kOptions[] = {
    kGateOutputOption, kSourcesOption, kAllOption,    kJunitOption,    kTapOption,
    kMarkdownOption,   kGithubOption,  kJobsOption,   kTimeoutOption,  kForceOption,
    kVerboseOption,    kOnlyOption,    kExosimOption, kGuestDirOption,
};

constexpr std::string_view kDetails =
    "Each operation's figures are compared with expected.json, which lies in the workload's "
    "folder\n"
    "or beside the suite. What differs is said with its reason: the functions, causes and source\n"
    "lines that cost more or less. The exit status is 0 if all is as expected, 1 if something\n"
    "differs, 2 if the suite, an option or expected.json is wrong or missing.\n";

Result<int> check(const CommandLine& line) {
  const auto outputs = gate_outputs(line);
  if (!outputs) return outputs.error();
  auto run = run_gate(line, true);
  if (!run) return run.error();
  const GateReport report = report_of(*run);
  if (const auto written = write_outputs(report, *outputs); !written) return written.error();
  if (run->outcome.stopped_by != 0) return end_by_signal(run->outcome.stopped_by);
  if (!report.as_expected())
    fmt::print("If this is meant: exosim-bench bless {}\n", run->suite.path.string());
  return report.as_expected() ? kAllAsExpected : kNotAsExpected;
}

}  // namespace

const Command kCheckCommand = {"check",
                               "SUITE.yaml [options]",
                               "Runs a suite and compares it with what is expected",
                               kDetails,
                               kOptions,
                               check};

}  // namespace exosim::bench
