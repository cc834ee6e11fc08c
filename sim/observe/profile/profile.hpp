// What every instruction cost, and every chain of calls: what the profile formats are written from.
#pragma once

#include <cstddef>
#include <cstdint>
#include <vector>

#include "sim/observe/code_map.hpp"
#include "sim/observe/cycle_causes.hpp"
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

/// Must see every step from the clock's zero on. A stall is charged to the instruction that caused
/// it, and to the chain of calls that it was executed in.
class Profile final : public Observer {
 public:
  /// All images must be in `code`, which must outlive this.
  explicit Profile(const CodeMap& code);

  void on_retired(Cycles begin, const StepCost& cost, const Retired& retired) override;

  const CodeSites& sites() const { return sites_; }
  const CallTree& tree() const { return tree_; }
  /// By SiteId; of sites that were not executed, zero.
  const ProfileCost& of_site(SiteId site) const { return by_site_[rows_[site]]; }
  /// By NodeId: without what it called.
  const ProfileCost& of_node(NodeId node) const { return by_node_[node]; }
  /// Cycles between steps.
  uint64_t idle() const { return idle_; }
  /// The sum of all sites, and of all nodes; `idle` apart.
  const ProfileCost& total() const { return total_; }

 private:
  struct Charge {
    uint32_t row;  // in by_site_
    NodeId node;
  };
  uint32_t row_of(SiteId site);

  CodeSites sites_;
  CallTree tree_;
  CallStack stack_;
  std::vector<uint32_t> rows_;  // by site; 0: not executed
  std::vector<ProfileCost> by_site_;
  std::vector<ProfileCost> by_node_;
  ProfileCost total_;
  uint64_t idle_ = 0;
  Cycles seen_;  // charged so far
  RecentSteps<Charge> recent_;
};

}  // namespace exosim
