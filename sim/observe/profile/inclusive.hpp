// From chains of calls to a graph of calls: what each function spent in each that it called.
#pragma once

#include <cstdint>
#include <map>
#include <tuple>

#include "sim/observe/profile/profile.hpp"

namespace exosim {

/// The calls of one function from one word of another.
struct CallEdge {
  FunctionId caller;
  SiteId from;
  FunctionId callee;
  auto operator<=>(const CallEdge&) const = default;
};

struct CallCost {
  uint64_t calls = 0;
  ProfileCost inclusive;
};

/// Inclusive cost, so that what a function cost itself and in its calls is what was spent while it
/// was active: in a recursion each step counts once for each function, in the call of its innermost
/// level.
std::map<CallEdge, CallCost> call_edges(const Profile& profile);

}  // namespace exosim
