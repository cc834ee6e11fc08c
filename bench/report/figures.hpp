// What a set of results says of each operation: on each machine, warm and cold, by domain and
// cause.
#pragma once

#include <cstdint>
#include <map>
#include <optional>
#include <string>
#include <vector>

#include "bench/report/result_set.hpp"

namespace exosim::bench {

using Parts = std::map<std::string, double, std::less<>>;  // by domain or by cause

/// An operation in one run: those of its completed times that began warm, or those that began cold.
struct Measured {
  size_t run = 0;  // index of the point
  uint64_t count = 0;
  uint64_t min = 0, median = 0, max = 0;  // cycles; the median is nearest-rank
  /// Means over all completed times of the run, which may have begun either way; they add up to
  /// `mean`.
  double mean = 0;
  bool is_mixed = false;  // some of these began warm, some cold
  Parts domains;
  Parts causes;
};

/// Warm or cold: as built, and in other placements.
struct Measurements {
  std::optional<Measured> built;
  std::vector<Measured> placed;
};

struct WarmAndCold {
  Measurements warm;
  Measurements cold;
};

/// What a column of figures is of.
struct Setting {
  std::string machine;
  std::string kernel;
  uint64_t seed = 0;
  double clock_hz = 0;
  size_t index = 0;  // in Figures::settings

  friend bool operator==(const Setting& a, const Setting& b) {
    return a.machine == b.machine && a.kernel == b.kernel && a.seed == b.seed;
  }
  double microseconds(double cycles) const { return cycles * 1e6 / clock_hz; }
};

struct OperationRow {
  std::string workload;
  std::string image;  // "kernel": the kernel's own operation
  std::string operation;
  const PublishedOperation* published = nullptr;  // of the ResultSet
  std::vector<WarmAndCold> settings;              // one for each of Figures::settings
  /// Operations that are named alike but for a number behind a comma, three or more of them, are a
  /// series: "TLB refill" of "TLB refill, 1", "TLB refill, 2" and so on. Empty: in none.
  std::string series;
  uint64_t number = 0;    // 16 of "TLB refill, 16"
  bool is_inner = false;  // neither the least nor the greatest number of its series

  /// What the published operation is called, if there is one.
  const std::string& title() const { return published ? published->title : operation; }
  /// How many of the operation that is shown are in one of ours.
  double share() const { return published ? published->share : 1; }
};

struct Figures {
  std::vector<Setting> settings;
  std::vector<std::string> workloads;
  /// Those that have figures, by workload, in the order of the published file, then by name and
  /// number.
  std::vector<OperationRow> rows;

  /// The machine, and what else tells it from the other settings.
  std::string label(const Setting& setting) const;
};

/// Refers to `set`, which has to outlive it.
Figures figures_of(const ResultSet& set);

}  // namespace exosim::bench
