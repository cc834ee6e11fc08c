// See profile.hpp.
#include "sim/observe/profile/profile.hpp"

namespace exosim {

Profile::Profile(const CodeMap& code)
    : sites_(code),
      stack_(sites_, tree_),
      rows_(sites_.sites()),
      by_site_(1),
      by_node_(1),
      recent_({.row = row_of(CodeSites::kUnknownKernel), .node = CallTree::kRoot}) {}

uint32_t Profile::row_of(SiteId site) {
  uint32_t& row = rows_[site];
  if (row == 0) {
    row = static_cast<uint32_t>(by_site_.size());
    by_site_.emplace_back();
  }
  return row;
}

void Profile::on_retired(Cycles begin, const StepCost& cost, const Retired& retired) {
  idle_ += (begin - seen_).count;
  seen_ = begin + cost.total;
  stack_.see(retired);
  const Charge charge{row_of(stack_.site()), stack_.node()};
  if (by_node_.size() < tree_.size()) by_node_.resize(tree_.size());
  recent_.push(charge);
  total_.causes.add(cost);
  const bool completed = retired.counts_as_instruction();
  total_.instructions += completed;
  for (ProfileCost* figures : {&by_site_[charge.row], &by_node_[charge.node]}) {
    ++figures->causes.cycles[kExecute];
    figures->instructions += completed;
  }
  if (!cost.has_stalls()) [[likely]]
    return;
  for (size_t age = 0; age < StepCost::kAges; ++age) {
    by_site_[recent_[age].row].causes.add(cost.stalls[age]);
    by_node_[recent_[age].node].causes.add(cost.stalls[age]);
  }
}

}  // namespace exosim
