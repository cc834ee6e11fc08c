// See running.hpp.
#include "bench/commands/running.hpp"

#include <algorithm>
#include <csignal>
#include <cstdio>
#include <thread>

#include "bench/results/database.hpp"
#include "bench/results/suite_json.hpp"
#include "bench/run/run_display.hpp"

namespace exosim::bench {
namespace {

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

}  // namespace

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

int end_by_signal(int number) {
  std::fflush(nullptr);
  std::signal(number, SIG_DFL);
  std::raise(number);
  return 128 + number;
}

Result<SuiteOutcome> run_into(const std::filesystem::path& output, const LoadedSuite& suite,
                              const std::vector<Expected>& expected, const RunOptions& options,
                              bool verbose, const UseResults& use) {
  const auto folder = ResultsFolder::create(output);
  if (!folder) return folder.error();
  const auto written = folder->write_suite(suite_json(suite.suite, suite.path, suite.points));
  if (!written) return written.error();
  RunDisplay display(verbose);
  auto outcome = run_points(suite.points, expected, options, *folder, display);
  if (!outcome) return outcome.error();
  if (const auto stored = write_database(suite, *outcome, *folder); !stored) return stored.error();
  if (const auto used = use(*outcome, *folder); !used) return used.error();
  return outcome;
}

}  // namespace exosim::bench
