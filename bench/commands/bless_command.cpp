// exosim-bench bless: what a suite comes to now is what is expected from now on.
#include <fmt/format.h>

#include <map>
#include <string>
#include <string_view>
#include <vector>

#include "bench/commands/command.hpp"
#include "bench/commands/gate_output.hpp"
#include "bench/commands/gate_suite.hpp"
#include "bench/gate/commit_message.hpp"

namespace exosim::bench {
namespace {

constexpr OptionRow kOptions[] = {
    kGateOutputOption, kSourcesOption, kAllOption,  kJobsOption,   kTimeoutOption,
    kForceOption,      kVerboseOption, kOnlyOption, kExosimOption, kGuestDirOption,
};

constexpr std::string_view kDetails =
    "Writes expected.json of each workload, prints what differs from what it had before, and what\n"
    "to say of it in the commit. Figures of machines, kernels and seeds that the suite does not\n"
    "name stay. A point that does not end as the suite expects keeps its figures, and the exit\n"
    "status is then 1.\n";

/// How many points were as the suite expects.
size_t take_over(GateRun& run) {
  size_t taken = 0;
  for (size_t index = 0; index < run.suite.points.size(); ++index) {
    const Point& point = run.suite.points[index];
    if (!run.outcome.points[index].wrong.empty() || !run.figures[index]) continue;
    auto& file = run.files.at(expected_path(run.suite, point));
    if (!file) file.emplace();
    keep(run.suite.suite.workloads[point.of_workload].detail, *run.figures[index]);
    file->set(ExpectedKey::of(point), std::move(*run.figures[index]));
    ++taken;
  }
  return taken;
}

Result<std::monostate> write_files(const GateRun& run) {
  for (const auto& [path, file] : run.files) {
    if (!file) continue;
    if (auto written = ExpectedFile::write(path, *file); !written) return written;
    fmt::print("wrote {}\n", path.string());
  }
  return std::monostate{};
}

Result<int> bless(const CommandLine& line) {
  auto run = run_gate(line, false);
  if (!run) return run.error();
  if (run->outcome.stopped_by != 0) return end_by_signal(run->outcome.stopped_by);
  const auto outputs = gate_outputs(line);
  if (!outputs) return outputs.error();
  const GateReport report = report_of(*run);
  fmt::print("{}", report_text(report, outputs->limits));
  const size_t taken = take_over(*run);
  if (const auto written = write_files(*run); !written) return written.error();
  fmt::print("{}", commit_message(report));
  if (taken == run->suite.points.size()) return kAllAsExpected;
  fmt::print("{} points are not as the suite expects: their figures are as they were\n",
             run->suite.points.size() - taken);
  return kNotAsExpected;
}

}  // namespace

const Command kBlessCommand = {"bless",
                               "SUITE.yaml [options]",
                               "Runs a suite and makes what it comes to the expected",
                               kDetails,
                               kOptions,
                               bless};

}  // namespace exosim::bench
