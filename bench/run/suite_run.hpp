// Runs the points of a suite that have no result yet.
#pragma once

#include <chrono>
#include <cstddef>
#include <filesystem>
#include <optional>
#include <string>
#include <vector>

#include "bench/results/results_folder.hpp"
#include "bench/results/verdict.hpp"
#include "bench/run/run_display.hpp"
#include "bench/suite/point.hpp"
#include "bench/suite/suite.hpp"
#include "sim/base/result.hpp"

namespace exosim::bench {

struct RunOptions {
  size_t jobs = 1;
  std::optional<std::chrono::milliseconds> timeout;  // of one run, in host time
  bool force = false;                                // also what has a result
};

/// What became of one point.
struct PointOutcome {
  enum class How { kNotRun, kRan, kCached, kFailed };
  How how = How::kNotRun;
  /// What is not as expected, or why there is no result; empty if all is well, or it was not run.
  std::string wrong;
  std::string messages;  // of exosim, if something is wrong
};

struct SuiteOutcome {
  std::vector<PointOutcome> points;  // as the points
  int stopped_by = 0;                // the signal that ended the run early

  size_t count(PointOutcome::How how) const;
  size_t wrong() const;
  /// All that could be run was, and is as expected.
  bool as_expected() const { return stopped_by == 0 && wrong() == 0; }
};

/// Expectations of the suite's workloads, with what their files have.
Result<std::vector<Expected>> read_expectations(const Suite& suite,
                                                const std::filesystem::path& suite_path);

/// Each result is written as soon as its run has ended. Points with one key are run once. The Error
/// is that of a result that could not be written.
Result<SuiteOutcome> run_points(const std::vector<Point>& points,
                                const std::vector<Expected>& expected, const RunOptions& options,
                                const ResultsFolder& folder, RunDisplay& display);

}  // namespace exosim::bench
