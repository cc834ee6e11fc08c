// How often each value occurred: exact percentiles without keeping every sample.
#pragma once

#include <cstdint>
#include <map>

namespace exosim {

/// The figures of a set of samples. Percentiles are nearest-rank: the p-th is the smallest value
/// such that at least p percent of the samples are not above it; it is always a sample.
struct Summary {
  uint64_t min = 0;
  uint64_t median = 0;  // 50th percentile
  uint64_t p99 = 0;
  uint64_t max = 0;
  uint64_t total = 0;

  friend bool operator==(const Summary&, const Summary&) = default;
};

/// Samples of one quantity. Memory grows with the distinct values only.
class Distribution {
 public:
  void add(uint64_t value) {
    ++counts_[value];
    ++count_;
    total_ += value;
  }
  uint64_t count() const { return count_; }
  /// 1 <= percent <= 100. There must be a sample.
  uint64_t percentile(unsigned percent) const;
  /// All zero if there is no sample.
  Summary summary() const;

 private:
  std::map<uint64_t, uint64_t> counts_;  // by value
  uint64_t count_ = 0;
  uint64_t total_ = 0;
};

}  // namespace exosim
