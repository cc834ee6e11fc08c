// The figures of a run piece by piece: what was added in each so many cycles.
#pragma once

#include <cstddef>
#include <cstdint>
#include <vector>

#include "sim/observe/counters.hpp"
#include "sim/observe/ledger/ledger.hpp"
#include "sim/observe/observer.hpp"

namespace exosim {

/// From the begin of a step to the begin of another.
struct Interval {
  uint64_t begin = 0;  // cycle
  CycleTable table;    // adds up to its cycles
  CounterTotals counters;
};

/// Must see every step, and after `ledger` and `counters`, which must outlive it. An interval ends
/// with the step that reaches a multiple of `every`. A run of any length fits into memory: when
/// there are kMaxIntervals, each two become one and `every` doubles.
class Intervals final : public Observer {
 public:
  static constexpr size_t kMaxIntervals = 10'000;

  Intervals(uint64_t every, const Ledger& ledger, const Counters& counters)
      : every_(every), next_(every), ledger_(ledger), counters_(counters) {}

  void on_retired(Cycles begin, const StepCost& cost, const Retired& /*retired*/) override {
    now_ = begin.count + cost.total.count;
    if (now_ >= next_) close();
  }

  uint64_t every() const { return every_; }
  /// As of now; what has begun is the last.
  std::vector<Interval> rows() const;

 private:
  void close();
  Interval current() const;
  void merge();

  uint64_t every_;
  uint64_t next_;  // where the current one ends
  uint64_t now_ = 0;
  const Ledger& ledger_;
  const Counters& counters_;
  Interval before_;  // the totals when the current one began
  std::vector<Interval> rows_;
};

}  // namespace exosim
