// exosim-bench run: a suite into a folder of results.
#include <fmt/format.h>

#include <cstdio>
#include <string>
#include <string_view>

#include "bench/commands/command.hpp"
#include "bench/commands/running.hpp"
#include "bench/commands/suite_command.hpp"
#include "bench/results/results_folder.hpp"
#include "bench/run/suite_run.hpp"

namespace exosim::bench {
namespace {

constexpr OptionRow kOptions[] = {
    {"output,o", "DIR", "folder of the results; made if there is none"},
    kJobsOption,
    kTimeoutOption,
    kForceOption,
    kVerboseOption,
    kOnlyOption,
    kExosimOption,
    kGuestDirOption,
};

constexpr std::string_view kDetails =
    "A point of the suite whose result is in DIR already, from the same exosim, images,\n"
    "configuration and options, is not run again: a run that was interrupted goes on. The exit\n"
    "status is 0 if all is as the suite expects, 1 if some point is not, 2 if the suite or an\n"
    "option is wrong.\n";

std::string last_lines(std::string_view text) {
  constexpr size_t kLines = 5;
  while (text.ends_with('\n')) text.remove_suffix(1);
  size_t begin = text.size();
  for (size_t lines = 0; lines < kLines && begin != text.npos && begin != 0; ++lines)
    begin = text.rfind('\n', begin - 1);
  if (text.empty()) return {};
  const std::string_view last = begin == text.npos || begin == 0 ? text : text.substr(begin + 1);
  std::string indented = "    ";
  for (const char c : last) indented += c == '\n' ? "\n    " : std::string(1, c);
  return indented + '\n';
}

void print_wrong(const LoadedSuite& suite, const SuiteOutcome& outcome) {
  for (size_t index = 0; index < suite.points.size(); ++index) {
    const PointOutcome& point = outcome.points[index];
    if (point.wrong.empty()) continue;
    fmt::print(stderr, "{}: {}\n{}  {}\n", suite.points[index].label(), point.wrong,
               last_lines(point.messages), shell_line(suite.points[index].command));
  }
}

void print_summary(const SuiteOutcome& outcome, const ResultsFolder& folder) {
  using How = PointOutcome::How;
  std::string text = fmt::format("{} points: {} run, {} had a result", outcome.points.size(),
                                 outcome.count(How::kRan), outcome.count(How::kCached));
  if (const size_t failed = outcome.count(How::kFailed)) text += fmt::format(", {} failed", failed);
  if (const size_t open = outcome.count(How::kNotRun)) text += fmt::format(", {} not run", open);
  const size_t wrong = outcome.wrong();
  text += wrong == 0 ? "; all as expected" : fmt::format("; {} not as expected", wrong);
  if (outcome.stopped_by != 0) text += "; interrupted: the same command goes on";
  fmt::print("{}\nresults in {}\n", text, folder.path().string());
}

Result<int> run(const CommandLine& line) {
  const auto output = line.value("output");
  if (!output) return Error{{}, "no folder for the results: give -o DIR"};
  const auto options = run_options(line);
  if (!options) return options.error();
  const auto suite = load_suite(line);
  if (!suite) return suite.error();
  const auto expected = read_expectations(suite->suite, suite->path);
  if (!expected) return expected.error();
  const auto print = [&suite](const SuiteOutcome& outcome, const ResultsFolder& folder) {
    print_wrong(*suite, outcome);
    print_summary(outcome, folder);
    return Result<std::monostate>(std::monostate{});
  };
  const auto outcome =
      run_into(*output, *suite, *expected, *options, line.has(kVerboseOption.long_name()), print);
  if (!outcome) return outcome.error();
  if (outcome->stopped_by != 0) return end_by_signal(outcome->stopped_by);
  return outcome->as_expected() ? kAllAsExpected : kNotAsExpected;
}

}  // namespace

const Command kRunCommand = {"run",
                             "SUITE.yaml -o DIR [options]",
                             "Runs a suite and writes its results to a folder",
                             kDetails,
                             kOptions,
                             run};

}  // namespace exosim::bench
