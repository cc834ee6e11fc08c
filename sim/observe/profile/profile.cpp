// See profile.hpp.
#include "sim/observe/profile/profile.hpp"

#include <numeric>

namespace exosim {

Profile::Profile(const CodeMap& code, const Ledger& ledger)
    : ledger_(ledger),
      sites_(code),
      stack_(sites_, tree_),
      rows_(sites_.sites()),
      by_site_(1),
      by_node_(1),
      heads_(1),
      shares_(1),
      recent_({.row = row_of(CodeSites::kUnknownKernel),
               .node = CallTree::kRoot,
               .owner = 0,
               .share = share_of(CallTree::kRoot, 0),
               .domain = Domain::kIdle}) {}

uint32_t Profile::row_of(SiteId site) {
  uint32_t& row = rows_[site];
  if (row == 0) {
    row = static_cast<uint32_t>(by_site_.size());
    by_site_.emplace_back();
  }
  return row;
}

uint32_t Profile::share_of(NodeId node, uint32_t owner) {
  for (uint32_t share = heads_[node]; share != 0; share = shares_[share].next)
    if (shares_[share].owner == owner) return share;
  if (shares_.size() >= kMaxShares && heads_[node] != 0) return heads_[node];
  shares_.push_back({.owner = owner, .next = heads_[node]});
  return heads_[node] = static_cast<uint32_t>(shares_.size() - 1);
}

void Profile::on_retired(Cycles begin, const StepCost& cost, const Retired& retired) {
  idle_ += (begin - seen_).count;
  seen_ = begin + cost.total;
  if (retired.user_mode) stack_.note_owner(retired.asid, ledger_.step_owner());
  stack_.see(retired);
  if (by_node_.size() < tree_.size()) {
    by_node_.resize(tree_.size());
    heads_.resize(tree_.size());
  }
  const Charge last = recent_[0];
  Charge charge{.row = row_of(stack_.site()),
                .node = stack_.node(),
                .owner = ledger_.step_owner(),
                .share = last.share,
                .domain = ledger_.step_domain()};
  if (charge.node != last.node || charge.owner != last.owner)
    charge.share = share_of(charge.node, charge.owner);
  recent_.push(charge);
  const bool completed = retired.counts_as_instruction();
  for (ProfileCost* figures : {&by_site_[charge.row], &by_node_[charge.node], &total_}) {
    ++figures->causes.cycles[kExecute];
    figures->instructions += completed;
  }
  ++shares_[charge.share].domains[static_cast<size_t>(charge.domain)];
  if (!cost.has_stalls()) [[likely]]
    return;
  cost.for_each([this](size_t age, const StallCounts& stalls) { charge_stalls(age, stalls); });
}

/// To the instruction that caused it and its domain, but in the time of who runs now: as the
/// ledger.
void Profile::charge_stalls(size_t age, const StallCounts& stalls) {
  const Charge& charge = recent_[age];
  const uint32_t owner = recent_[0].owner;
  for (ProfileCost* figures : {&by_site_[charge.row], &by_node_[charge.node], &total_})
    figures->causes.add(stalls);
  const uint32_t share = charge.owner == owner ? charge.share : share_of(charge.node, owner);
  shares_[share].domains[static_cast<size_t>(charge.domain)] +=
      std::accumulate(stalls.begin(), stalls.end(), uint64_t{0});
}

}  // namespace exosim
