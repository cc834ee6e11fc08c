// The ways on which functions were reached: one node for each chain of calls that has occurred.
#pragma once

#include <cstddef>
#include <cstdint>
#include <unordered_map>
#include <vector>

#include "sim/observe/profile/code_sites.hpp"

namespace exosim {

using NodeId = uint32_t;

/// A function as it was reached on one way.
struct CallNode {
  NodeId parent;        // who called it; kRoot has itself
  SiteId call_site;     // from where
  FunctionId function;  // of kRoot: none
  uint32_t depth;       // 0 for kRoot
  uint64_t calls = 0;
};

/// Grows with what the guest does, up to a limit: chains longer than kMaxDepth lose their middle,
/// and after kMaxNodes new ones lose all but their last function.
class CallTree {
 public:
  static constexpr NodeId kRoot = 0;
  static constexpr uint32_t kMaxDepth = 256;
  static constexpr size_t kMaxNodes = size_t{1} << 18;
  /// No site: the function was not reached from anywhere known.
  static constexpr SiteId kNowhere = ~SiteId{0};

  CallTree() : nodes_{{kRoot, kNowhere, 0, 0}} {}

  /// The node of `function`, reached from `call_site` in the function of `parent`; made if it is
  /// new. Parents have smaller numbers.
  NodeId child(NodeId parent, SiteId call_site, FunctionId function);
  void count_call(NodeId node) { ++nodes_[node].calls; }

  const CallNode& operator[](NodeId node) const { return nodes_[node]; }
  size_t size() const { return nodes_.size(); }

 private:
  struct Key {
    NodeId parent;
    SiteId call_site;
    FunctionId function;
    bool operator==(const Key&) const = default;
  };
  struct Hash {
    size_t operator()(const Key& key) const {
      uint64_t hash = (uint64_t{key.parent} << 32 | key.call_site) * 0x9e3779b97f4a7c15u;
      hash = (hash ^ hash >> 29 ^ key.function) * 0xbf58476d1ce4e5b9u;
      return hash ^ hash >> 32;
    }
  };

  std::vector<CallNode> nodes_;
  std::unordered_map<Key, NodeId, Hash> numbers_;  // only asked, never listed
};

}  // namespace exosim
