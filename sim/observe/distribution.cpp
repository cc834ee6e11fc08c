// Nearest-rank percentiles over counted values.
#include "sim/observe/distribution.hpp"

#include <cassert>

namespace exosim {

uint64_t Distribution::percentile(unsigned percent) const {
  assert(count_ != 0 && percent >= 1 && percent <= 100);
  // ceil(count * percent / 100) without overflow.
  const uint64_t rank = count_ / 100 * percent + (count_ % 100 * percent + 99) / 100;
  uint64_t seen = 0;
  for (const auto& [value, times] : counts_) {
    seen += times;
    if (seen >= rank) return value;
  }
  return counts_.rbegin()->first;
}

Summary Distribution::summary() const {
  if (count_ == 0) return {};
  return {.min = counts_.begin()->first,
          .median = percentile(50),
          .p99 = percentile(99),
          .max = counts_.rbegin()->first,
          .total = total_};
}

}  // namespace exosim
