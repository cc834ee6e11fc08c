// One walk over the tree, which knows for each function the innermost level that is active.
#include "sim/observe/profile/inclusive.hpp"

#include <utility>
#include <vector>

namespace exosim {
namespace {

class Walk {
 public:
  explicit Walk(const Profile& profile)
      : profile_(profile),
        tree_(profile.tree()),
        children_(tree_.size()),
        active_(profile.sites().functions(), CallTree::kRoot),
        repeated_(tree_.size()) {
    for (NodeId node = 1; node < tree_.size(); ++node)
      children_[tree_[node].parent].push_back(node);
  }

  std::map<CallEdge, CallCost> edges() && {
    for (const NodeId first : children_[CallTree::kRoot]) visit(first);
    return std::move(edges_);
  }

 private:
  /// Returns what the node and all that it called cost. Not deeper than CallTree::kMaxDepth.
  ProfileCost visit(NodeId node) {
    const FunctionId function = tree_[node].function;
    const NodeId outer = std::exchange(active_[function], node);
    ProfileCost all = profile_.of_node(node);
    for (const NodeId child : children_[node]) {
      repeated_[node] = {};
      ProfileCost called = visit(child);
      all += called;
      called -= repeated_[node];
      const CallNode& call = tree_[child];
      CallCost& edge = edges_[{function, call.call_site, call.function}];
      edge.calls += call.calls;
      edge.inclusive += called;
    }
    active_[function] = outer;
    if (outer != CallTree::kRoot) repeated_[outer] += all;
    return all;
  }

  const Profile& profile_;
  const CallTree& tree_;
  std::vector<std::vector<NodeId>> children_;
  std::vector<NodeId> active_;         // by function: the innermost node on the way; kRoot: none
  std::vector<ProfileCost> repeated_;  // by node: of its function, within the call being walked
  std::map<CallEdge, CallCost> edges_;
};

}  // namespace

std::map<CallEdge, CallCost> call_edges(const Profile& profile) { return Walk(profile).edges(); }

}  // namespace exosim
