// exosim-bench run: a suite into a folder of results.
#include <fmt/format.h>

#include <algorithm>
#include <csignal>
#include <cstdio>
#include <string>
#include <string_view>
#include <thread>
#include <vector>

#include "bench/commands/command.hpp"
#include "bench/commands/suite_command.hpp"
#include "bench/results/database.hpp"
#include "bench/results/results_folder.hpp"
#include "bench/results/suite_json.hpp"
#include "bench/run/run_display.hpp"
#include "bench/run/suite_run.hpp"

namespace exosim::bench {
namespace {

constexpr OptionRow kOptions[] = {
    {"output,o", "DIR", "folder of the results; made if there is none"},
    {"jobs,j", "N", "runs at a time (default: one for each processor)"},
    {"timeout", "SECONDS", "end a run that takes longer on the host (default: 600; 0: never)"},
    {"force", "", "run again what has a result already"},
    {"verbose", "", "print a line for each run that has ended"},
    kExosimOption,
    kGuestDirOption,
};

constexpr std::string_view kDetails =
    "A point of the suite whose result is in DIR already, from the same exosim, images,\n"
    "configuration and options, is not run again: a run that was interrupted goes on. The exit\n"
    "status is 0 if all is as the suite expects, 1 if some point is not, 2 if the suite or an\n"
    "option is wrong.\n";

Result<RunOptions> run_options(const CommandLine& line) {
  constexpr uint64_t kUsualTimeout = 600;
  constexpr uint64_t kMaxJobs = 1024;
  constexpr uint64_t kMaxTimeout = 1'000'000'000;
  const auto jobs = number_option(line, "jobs", 1);
  if (!jobs) return jobs.error();
  const auto timeout = number_option(line, "timeout", 0);
  if (!timeout) return timeout.error();
  RunOptions options;
  options.jobs =
      std::min(jobs->value_or(std::max(1u, std::thread::hardware_concurrency())), kMaxJobs);
  const uint64_t seconds = std::min(timeout->value_or(kUsualTimeout), kMaxTimeout);
  if (seconds != 0) options.timeout = std::chrono::seconds(seconds);
  options.force = line.has("force");
  return options;
}

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

Result<std::monostate> write_database(const LoadedSuite& suite, const SuiteOutcome& outcome,
                                      const ResultsFolder& folder) {
  const auto draft = folder.scratch() / "results.sqlite";
  Database database(draft);
  for (size_t index = 0; index < suite.points.size(); ++index) {
    const PointOutcome& point = outcome.points[index];
    const bool has_result =
        point.how == PointOutcome::How::kRan || point.how == PointOutcome::How::kCached;
    const auto result = has_result ? folder.read(suite.points[index]) : std::nullopt;
    database.add(suite.points[index], result ? &*result : nullptr, point.wrong);
  }
  if (auto closed = database.close(); !closed) return closed;
  return folder.move_in(draft);
}

/// As if the signal had not been waited for: the caller sees that the process was ended by it.
int end_by_signal(int number) {
  std::fflush(nullptr);
  std::signal(number, SIG_DFL);
  std::raise(number);
  return 128 + number;
}

/// The folder is given free again in the end.
Result<SuiteOutcome> run_into(const std::filesystem::path& output, const LoadedSuite& suite,
                              const std::vector<Expected>& expected, const RunOptions& options,
                              bool verbose) {
  const auto folder = ResultsFolder::create(output);
  if (!folder) return folder.error();
  const auto written = folder->write_suite(suite_json(suite.suite, suite.path, suite.points));
  if (!written) return written.error();
  RunDisplay display(verbose);
  auto outcome = run_points(suite.points, expected, options, *folder, display);
  if (!outcome) return outcome.error();
  if (const auto stored = write_database(suite, *outcome, *folder); !stored) return stored.error();
  print_wrong(suite, *outcome);
  print_summary(*outcome, *folder);
  return outcome;
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
  const auto outcome = run_into(*output, *suite, *expected, *options, line.has("verbose"));
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
