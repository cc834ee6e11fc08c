// A line on the terminal that says how far a long run is. The only place, with the final speed
// figure, where host time is read; it goes to stderr and into no result.
#pragma once

#include <cstdint>
#include <cstdio>
#include <functional>
#include <optional>
#include <string>

#include "sim/base/types.hpp"

namespace exosim {

/// How far a run is, of what it may do at most.
struct RunProgress {
  Cycles cycles;
  uint64_t instructions = 0;
  Cycles max_cycles = kNever;
  uint64_t max_instructions = ~uint64_t{0};
};

/// "12.3 Mcycles  45.0 Minstr  98.0 Minstr/s  (limit 40 %)". `seconds` of host time since the
/// start.
std::string progress_text(const RunProgress& progress, double seconds);

/// Rewrites one line at most every 0.5 s of host time, and clears it at the end.
class ProgressLine {
 public:
  /// Host time in seconds; only differences count.
  using HostClock = std::function<double()>;

  /// Shows on stderr if that is a terminal, else nowhere.
  ProgressLine();
  /// Shows on `out`, or nowhere if it is null.
  ProgressLine(std::FILE* out, HostClock clock);
  ~ProgressLine() { clear(); }
  ProgressLine(const ProgressLine&) = delete;
  ProgressLine& operator=(const ProgressLine&) = delete;

  /// Whether there is anything to be called for: a run without it need not stop to report.
  bool is_shown() const { return out_ != nullptr; }
  /// Shows the progress if the last time is long enough ago.
  void update(const RunProgress& progress);
  /// Removes the line, so that other output starts on an empty one.
  void clear();

 private:
  std::FILE* out_;
  HostClock clock_;
  double start_;
  double shown_at_;
  size_t shown_width_ = 0;
};

}  // namespace exosim
