// What each operation cost, word by word of the code that ran between its BEGIN and END.
#pragma once

#include <cstdint>
#include <optional>
#include <unordered_map>
#include <vector>

#include "sim/observe/ledger/ledger.hpp"
#include "sim/observe/observer.hpp"
#include "sim/observe/profile/profile.hpp"
#include "sim/observe/recent_steps.hpp"

namespace exosim {

/// Of one word of code in one domain.
struct WordCost {
  uint64_t executions = 0;
  uint64_t calls = 0;  // of the function whose step this was the first of
  CauseTotals causes;

  WordCost& operator+=(const WordCost& other) {
    executions += other.executions;
    calls += other.calls;
    causes += other.causes;
    return *this;
  }
};

/// By site and domain: see WordCosts::key().
class WordCosts {
 public:
  static uint64_t key(SiteId site, Domain domain) {
    return uint64_t{site} * kDomains + static_cast<size_t>(domain);
  }
  static SiteId site_of(uint64_t key) { return static_cast<SiteId>(key / kDomains); }
  static Domain domain_of(uint64_t key) { return static_cast<Domain>(key % kDomains); }

  WordCost& operator[](uint64_t key) { return costs_[key]; }
  WordCosts& operator+=(const WordCosts& other) {
    for (const auto& [key, cost] : other.costs_) costs_[key] += cost;
    return *this;
  }
  /// The keys in ascending order, with their costs.
  std::vector<std::pair<uint64_t, WordCost>> sorted() const;

 private:
  std::unordered_map<uint64_t, WordCost> costs_;
};

/// Counts for the operations that were completed, as the ledger does: everything that ran between
/// BEGIN and END, whoever ran it; what one operation cost within another counts for both. Must see
/// every step, behind the ledger and the profile.
class OperationCosts final : public Observer, public OperationListener {
 public:
  /// Both must outlive this.
  OperationCosts(Ledger& ledger, const Profile& profile);

  void on_retired(Cycles begin, const StepCost& cost, const Retired& retired) override;
  void begin_cold(uint32_t operation, uint64_t whose, Cycles at) override;
  void begin(uint32_t operation, uint64_t whose, uint64_t number, Cycles at, bool is_cold) override;
  void end(uint64_t number, Cycles at, bool is_completed) override;

  /// By Operations::Index; of those never completed nothing.
  const WordCosts& of(Operations::Index operation) const { return completed_[operation]; }
  /// Of the steps that ran outside of all operations.
  const WordCosts& outside() const { return outside_; }
  const Profile& profile() const { return profile_; }

 private:
  /// An operation in progress, and what ran since it began and before the next one did.
  struct Open {
    uint32_t operation;
    uint64_t whose;
    std::optional<uint64_t> number;  // none: it may begin cold here, or may not
    WordCosts since;
  };

  void add(uint64_t key, const WordCost& cost);
  void remove(std::vector<Open>::iterator open);

  // A guest that begins and never ends must not fill the host's memory: the oldest are forgotten.
  static constexpr size_t kMaxOpen = 256;

  const Profile& profile_;
  const Ledger& ledger_;
  std::vector<Open> open_;  // in the order in which they began
  size_t begun_ = 0;        // of these, with a number
  std::vector<WordCosts> completed_;
  WordCosts outside_;
  RecentSteps<uint64_t> recent_;
};

}  // namespace exosim
