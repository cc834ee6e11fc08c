// See call_tree.hpp.
#include "sim/observe/profile/call_tree.hpp"

namespace exosim {

NodeId CallTree::child(NodeId parent, SiteId call_site, FunctionId function) {
  Key key{parent, call_site, function};
  if (nodes_[parent].depth >= kMaxDepth)
    key = {nodes_[parent].parent, nodes_[parent].call_site, function};
  const auto known = numbers_.find(key);
  if (known != numbers_.end()) return known->second;
  if (nodes_.size() >= kMaxNodes) {
    key = {kRoot, kNowhere, function};
    if (const auto alone = numbers_.find(key); alone != numbers_.end()) return alone->second;
  }
  const auto node = static_cast<NodeId>(nodes_.size());
  nodes_.push_back({key.parent, key.call_site, function, nodes_[key.parent].depth + 1});
  numbers_.emplace(key, node);
  return node;
}

}  // namespace exosim
