// The ledger: every cycle of a run in exactly one cell of operation, owner, domain and cause.
// docs/stats.md has the rules.
#pragma once

#include <cstdint>
#include <map>
#include <memory>
#include <string>
#include <utility>
#include <vector>

#include "sim/base/result.hpp"
#include "sim/observe/code_map.hpp"
#include "sim/observe/ledger/cycle_table.hpp"
#include "sim/observe/ledger/domain_map.hpp"
#include "sim/observe/ledger/operations.hpp"
#include "sim/observe/ledger/owners.hpp"
#include "sim/observe/observer.hpp"
#include "sim/observe/recent_steps.hpp"

namespace exosim {

/// The cells of one operation and owner.
struct LedgerEntry {
  std::string operation;  // empty: outside of all operations
  std::string image;
  uint32_t owner_number;
  std::string owner;
  CycleTable table;
};

/// Must see every step from the clock's zero on: its cells then add up to the end of the last step.
/// A stall is charged to the domain of the instruction that caused it, and like all cycles to the
/// operation and the owner in whose time it falls.
class Ledger final : public Observer {
 public:
  /// All images must be in `code`, which must outlive this. Refuses what DomainMap::create() and
  /// Owners::create() refuse.
  static Result<std::unique_ptr<Ledger>> create(
      const CodeMap& code, Operations::Samples samples = Operations::Samples::kSummarize);

  // Here, and as little as can be: it decides how fast a run with figures is.
  void on_retired(Cycles begin, const StepCost& cost, const Retired& retired) override {
    const DomainMap::Code code = domains_.code_at(retired.fetched_from);
    owners_.enter(retired);
    if (code.is_marked() || owners_.current() != step_owner_) [[unlikely]]
      begin_step(begin, retired);
    instructions_ += retired.counts_as_instruction();
    const Domain domain = domains_.of(retired, code);
    recent_.push(domain);
    ++totals_[domain].cycles[kExecute];
    if (cost.has_stalls()) [[unlikely]]
      charge(cost);
    owners_.see(retired);
  }
  void on_cold_start(Cycles now, PhysAddr site, unsigned asid) override;

  /// `listener` must outlive this.
  void listen(OperationListener& listener) { operations_.listen(listener); }

  /// All cells, by domain and cause.
  const CycleTable& totals() const { return totals_; }
  /// In the order of operations and owners; those without cycles are left out.
  std::vector<LedgerEntry> entries() const;
  const Operations& operations() const { return operations_; }
  const Owners& owners() const { return owners_; }

  /// Of the step seen last.
  Domain step_domain() const { return recent_[0]; }
  uint32_t step_owner() const { return step_owner_; }
  /// Grows whenever operations begin or end, or another owner runs: before a step.
  uint64_t changes() const { return changes_; }

 private:
  using Key = std::pair<Operations::Index, uint32_t>;  // operation, owner

  Ledger(DomainMap domains, Owners owners, Operations operations);
  [[gnu::noinline]] void begin_step(Cycles begin, const Retired& retired);
  [[gnu::noinline]] void charge(const StepCost& cost);
  void settle();
  void settle_into(std::map<Key, CycleTable>& entries) const;

  // A guest that says that ever new owners run must not fill the host's memory.
  static constexpr size_t kMaxEntries = 65'536;
  static constexpr uint32_t kOthers = ~uint32_t{0};

  DomainMap domains_;
  Owners owners_;
  Operations operations_;
  RecentSteps<Domain> recent_;
  CycleTable totals_;
  uint64_t instructions_ = 0;
  uint32_t step_owner_ = 0;
  uint64_t changes_ = 0;
  Key open_{Operations::kNone, 0};     // who gets the cycles since `settled_`
  CycleTable settled_;                 // the part of totals_ that stands in entries_
  std::map<Key, CycleTable> entries_;  // by operation and owner
};

}  // namespace exosim
