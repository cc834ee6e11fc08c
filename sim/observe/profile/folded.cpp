// Chains of calls that differ in their call sites alone are one stack. A line is made when it is
// written: all together could be large.
#include "sim/observe/profile/folded.hpp"

#include <fmt/format.h>

#include <algorithm>
#include <cstdint>
#include <map>
#include <set>
#include <string>
#include <utility>
#include <vector>

#include "sim/observe/explain/functions.hpp"

namespace exosim {
namespace {

constexpr size_t kLongestName = 200;

/// What separates frames, and the weight from them, must not be in a name.
std::string frame_name(const std::string& name) {
  std::string frame = name_without_parameters(name);
  frame.resize(std::min(frame.size(), kLongestName));
  std::ranges::replace(frame, ';', ':');
  return frame;
}

/// The stacks of a call tree, sorted: frame by frame, those that call first.
class Stacks {
 public:
  using StackId = uint32_t;

  explicit Stacks(const Profile& profile) : of_node_(profile.tree().size()), stacks_(1) {
    std::set<std::string> names;
    const CodeSites& sites = profile.sites();
    for (FunctionId function = 0; function < sites.functions(); ++function)
      names.insert(frame_name(sites.function(function).name));
    names_.assign(names.begin(), names.end());
    for (NodeId node = 1; node < of_node_.size(); ++node) add(profile, node);
    number_in_order();
  }

  StackId of(NodeId node) const { return of_node_[node]; }
  /// Where it stands among all.
  uint32_t position(StackId stack) const { return stacks_[stack].position; }
  /// ";main;run".
  std::string text(StackId stack) const {
    std::vector<uint32_t> frames;
    for (; stack != 0; stack = stacks_[stack].caller) frames.push_back(stacks_[stack].name);
    std::string text;
    while (!frames.empty()) {
      text += ';' + names_[frames.back()];
      frames.pop_back();
    }
    return text;
  }

 private:
  struct Stack {
    StackId caller = 0;
    uint32_t name = 0;
    uint32_t position = 0;
    std::map<uint32_t, StackId> called = {};  // by name
  };

  void add(const Profile& profile, NodeId node) {
    const CallNode& call = profile.tree()[node];
    const std::string name = frame_name(profile.sites().function(call.function).name);
    const auto rank =
        static_cast<uint32_t>(std::ranges::lower_bound(names_, name) - names_.begin());
    const StackId caller = of_node_[call.parent];
    const auto next = static_cast<StackId>(stacks_.size());
    const auto [at, added] = stacks_[caller].called.try_emplace(rank, next);
    of_node_[node] = at->second;
    if (added) stacks_.push_back({.caller = caller, .name = rank});
  }

  void number_in_order() {
    uint32_t position = 0;
    std::vector<StackId> left = {0};
    while (!left.empty()) {
      const StackId stack = left.back();
      left.pop_back();
      stacks_[stack].position = position++;
      const auto& called = stacks_[stack].called;
      for (auto at = called.rbegin(); at != called.rend(); ++at) left.push_back(at->second);
    }
  }

  std::vector<std::string> names_;  // sorted
  std::vector<StackId> of_node_;
  std::vector<Stack> stacks_;
};

}  // namespace

void write_folded(const Profile& profile, TextFile& file) {
  const Stacks stacks(profile);
  struct Weight {
    Stacks::StackId stack;
    uint64_t cycles = 0;
  };
  std::map<std::pair<std::string, uint32_t>, Weight> weights;  // by domain and owner, position
  for (NodeId node = 0; node < profile.tree().size(); ++node)
    profile.for_each_share(node, [&](const ProfileShare& share) {
      const Stacks::StackId stack = stacks.of(node);
      const std::string owner = frame_name(profile.ledger().owners().name(share.owner));
      for (size_t domain = 0; domain < kDomains; ++domain) {
        if (share.domains[domain] == 0) continue;
        const auto key = fmt::format("{};{}", kDomainNames[domain], owner);
        Weight& weight = weights[{key, stacks.position(stack)}];
        weight.stack = stack;
        weight.cycles += share.domains[domain];
      }
    });
  if (profile.idle() != 0)
    weights[{"idle;(between steps)", 0}] = {.stack = 0, .cycles = profile.idle()};
  for (const auto& [key, weight] : weights)
    file.write(fmt::format("{}{} {}\n", key.first, stacks.text(weight.stack), weight.cycles));
}

}  // namespace exosim
