// Where the cycles went: every cycle has one cause. docs/stats.md has the rules.
#pragma once

#include <algorithm>
#include <array>
#include <cstddef>
#include <cstdint>
#include <string_view>

#include "sim/time/step_cost.hpp"

namespace exosim {

/// `execute`, the one cycle of each step that is no stall, and behind it each StallCause.
inline constexpr size_t kCycleCauses = 1 + kStallCauses;
inline constexpr size_t kExecute = 0;

inline constexpr std::array<std::string_view, kCycleCauses> kCycleCauseNames = [] {
  std::array<std::string_view, kCycleCauses> names{"execute"};
  std::ranges::copy(kStallCauseNames, names.begin() + 1);
  return names;
}();

/// Cycles by cause.
struct CauseTotals {
  std::array<uint64_t, kCycleCauses> cycles{};

  void add(const StepCost& cost) {
    ++cycles[kExecute];
    if (!cost.has_stalls()) [[likely]]
      return;
    cost.for_each([this](size_t, const StallCounts& stalls) { add(stalls); });
  }
  void add(const StallCounts& counts) {
    for (size_t cause = 0; cause < kStallCauses; ++cause) cycles[1 + cause] += counts[cause];
  }
  uint64_t sum() const {
    uint64_t sum = 0;
    for (const uint64_t count : cycles) sum += count;
    return sum;
  }

  CauseTotals& operator+=(const CauseTotals& other) {
    for (size_t cause = 0; cause < kCycleCauses; ++cause) cycles[cause] += other.cycles[cause];
    return *this;
  }
  /// Of totals that only grow: what was added since `earlier`.
  CauseTotals since(const CauseTotals& earlier) const {
    CauseTotals added = *this;
    for (size_t cause = 0; cause < kCycleCauses; ++cause)
      added.cycles[cause] -= earlier.cycles[cause];
    return added;
  }
  friend bool operator==(const CauseTotals&, const CauseTotals&) = default;
};

}  // namespace exosim
