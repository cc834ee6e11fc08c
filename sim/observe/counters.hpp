// What the processor did, counted: instructions by class, accesses, misses, exceptions. Watching
// each step for it costs the host time, so it is done where it is asked for.
#pragma once

#include <array>
#include <cstddef>
#include <cstdint>
#include <string_view>

#include "sim/observe/ledger/ledger.hpp"
#include "sim/observe/observer.hpp"

namespace exosim {

/// One counter, as statistics name it.
struct CounterRow {
  std::string_view name;
  std::string_view unit;
  std::string_view description;
};

enum class Counter : uint8_t {
  kAlu,
  kShift,
  kMultiplyDivide,
  kLoads,
  kStores,
  kBranches,
  kJumps,
  kTraps,
  kCop0,
  kFloat,
  kOther,
  kUser,
  kTaken,
  kCachedFetches,
  kFetchMisses,
  kFetchWords,
  kUncachedFetches,
  kCachedLoads,
  kLoadMisses,
  kLoadWords,
  kUncachedLoads,
  kCachedStores,
  kPartialStores,
  kUncachedStores,
  kTlbMisses,
  kTlbRefills,
  kTlbModified,
  kExceptions,
  kInterrupts,
  kWriteBufferStalls,
  kOwnerChanges,
};

inline constexpr size_t kCounters = 31;
/// The first so many are classes: each instruction is counted in one of them.
inline constexpr size_t kInstructionClasses = 11;

/// By Counter.
const std::array<CounterRow, kCounters>& counter_table();

struct CounterTotals {
  std::array<uint64_t, kCounters> counts{};

  uint64_t& operator[](Counter counter) { return counts[static_cast<size_t>(counter)]; }
  uint64_t operator[](Counter counter) const { return counts[static_cast<size_t>(counter)]; }
  CounterTotals& operator+=(const CounterTotals& other);
  /// Of totals that only grow: what was added since `earlier`.
  CounterTotals since(const CounterTotals& earlier) const;
  /// Retired.
  uint64_t instructions() const;

  friend bool operator==(const CounterTotals&, const CounterTotals&) = default;
};

/// Must see every step, and after `ledger`, which must outlive it.
class Counters final : public Observer {
 public:
  explicit Counters(const Ledger& ledger) : ledger_(ledger) {}

  void on_retired(Cycles begin, const StepCost& cost, const Retired& retired) override;
  const CounterTotals& totals() const { return totals_; }

 private:
  void count_instruction(const Retired& retired);
  void count_fetch(const Retired& retired);
  void count_data(const DataAccess& data);
  void count_exception(const ExceptionTaken& exception);

  const Ledger& ledger_;
  CounterTotals totals_;
  uint32_t owner_ = 0;
};

}  // namespace exosim
