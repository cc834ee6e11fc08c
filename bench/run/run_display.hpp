// How far a suite is: one line on a terminal, rewritten and in the end erased; elsewhere, if asked
// for, a line for each run. Host time is read for this alone, and goes into no result.
#pragma once

#include <cstddef>
#include <cstdio>
#include <functional>
#include <string>
#include <vector>

namespace exosim::bench {

/// What the line shows.
struct SuiteProgress {
  size_t done = 0;  // with those that were not run again
  size_t total = 0;
  size_t to_run = 0;  // of the total
  size_t ran = 0;     // of these
  std::vector<std::string> running;
};

/// "12/40, 1:05 left; running: hello dec3100 aegis warm, ..." cut to `width` characters. `seconds`
/// of host time since the begin; nothing is said of what is left before a run has ended.
std::string progress_line(const SuiteProgress& progress, double seconds, size_t width);

class RunDisplay {
 public:
  using HostClock = std::function<double()>;  // seconds; only differences count

  /// On stderr, if that is a terminal; with `verbose` lines for runs that have ended.
  explicit RunDisplay(bool verbose);
  RunDisplay(std::FILE* out, bool is_terminal, bool verbose, HostClock clock);
  ~RunDisplay() { clear(); }
  RunDisplay(const RunDisplay&) = delete;
  RunDisplay& operator=(const RunDisplay&) = delete;

  /// Rewrites the line if there is one.
  void update(const SuiteProgress& progress);
  /// A run has ended.
  void ended(const std::string& label, const std::string& outcome);
  /// Removes the line, so that other output starts on an empty one.
  void clear();
  double seconds() const { return clock_() - start_; }

 private:
  std::FILE* out_;
  bool is_terminal_;
  bool verbose_;
  HostClock clock_;
  double start_;
  bool shown_ = false;
};

}  // namespace exosim::bench
