// What every instruction cost, and every chain of calls: what the profile formats are written from.
#pragma once

#include <cstddef>
#include <cstdint>
#include <vector>

#include "sim/observe/code_map.hpp"
#include "sim/observe/cycle_causes.hpp"
#include "sim/observe/ledger/ledger.hpp"
#include "sim/observe/observer.hpp"
#include "sim/observe/profile/call_stack.hpp"
#include "sim/observe/profile/call_tree.hpp"
#include "sim/observe/profile/code_sites.hpp"
#include "sim/observe/recent_steps.hpp"

namespace exosim {

/// Cycles by cause, and instructions.
struct ProfileCost {
  CauseTotals causes;
  uint64_t instructions = 0;

  bool is_zero() const { return instructions == 0 && causes == CauseTotals{}; }
  ProfileCost& operator+=(const ProfileCost& other) {
    causes += other.causes;
    instructions += other.instructions;
    return *this;
  }
  ProfileCost& operator-=(const ProfileCost& other) {
    causes = causes.since(other.causes);
    instructions -= other.instructions;
    return *this;
  }
};

/// What a chain of calls cost when a certain owner ran.
struct ProfileShare {
  uint32_t owner;
  DomainTotals domains{};
  uint32_t next;  // of the same node; 0: none
};

/// Must see every step from the clock's zero on. A stall is charged to the instruction that caused
/// it, and to the chain of calls that it was executed in.
class Profile final : public Observer {
 public:
  /// All images must be in `code`. `ledger` must have seen each step before. Both must outlive
  /// this.
  Profile(const CodeMap& code, const Ledger& ledger);

  void on_retired(Cycles begin, const StepCost& cost, const Retired& retired) override;

  const CodeSites& sites() const { return sites_; }
  const CallTree& tree() const { return tree_; }
  /// By SiteId; of sites that were not executed, zero.
  const ProfileCost& of_site(SiteId site) const { return by_site_[rows_[site]]; }
  /// By NodeId: without what it called.
  const ProfileCost& of_node(NodeId node) const { return by_node_[node]; }
  /// By NodeId, without what it called: calls look(share) for each owner.
  template <class Look>
  void for_each_share(NodeId node, Look look) const {
    for (uint32_t share = heads_[node]; share != 0; share = shares_[share].next)
      look(shares_[share]);
  }
  const Ledger& ledger() const { return ledger_; }
  /// Of the last step.
  const CallStack& stack() const { return stack_; }
  /// Cycles between steps.
  uint64_t idle() const { return idle_; }
  /// The sum of all sites, and of all nodes; `idle` apart.
  const ProfileCost& total() const { return total_; }

 private:
  struct Charge {
    uint32_t row;  // in by_site_
    NodeId node;
    uint32_t owner;
    uint32_t share;  // of the node and the owner
    Domain domain;
  };
  uint32_t row_of(SiteId site);
  uint32_t share_of(NodeId node, uint32_t owner);
  void charge_stalls(size_t age, const StallCounts& stalls);

  // A guest that says that ever new owners run must not fill the host's memory.
  static constexpr size_t kMaxShares = size_t{1} << 19;

  const Ledger& ledger_;
  CodeSites sites_;
  CallTree tree_;
  CallStack stack_;
  std::vector<uint32_t> rows_;  // by site; 0: not executed
  std::vector<ProfileCost> by_site_;
  std::vector<ProfileCost> by_node_;
  std::vector<uint32_t> heads_;       // by node: the newest of its shares; 0: none
  std::vector<ProfileShare> shares_;  // from 1 on
  ProfileCost total_;
  uint64_t idle_ = 0;
  Cycles seen_;  // charged so far
  RecentSteps<Charge> recent_;
};

}  // namespace exosim
