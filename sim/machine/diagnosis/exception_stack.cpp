// See exception_stack.hpp.
#include "sim/machine/diagnosis/exception_stack.hpp"

#include <algorithm>

namespace exosim {

void ExceptionStack::drop(size_t levels) {
  next_ = (next_ + kDepth - levels) % kDepth;
  depth_ -= levels;
}

// A handler returns to the instruction, to its branch, or behind it. One that goes elsewhere has
// switched to something else, or was only the way to the real handler.
void ExceptionStack::return_to(VirtAddr target) {
  constexpr uint32_t kNear = 8;
  for (size_t level = 0; level < depth_; ++level) {
    GuestContext& context = at(level);
    if (context.left) continue;
    context.left = true;
    if (target.value + kNear / 2 - context.pc.value <= kNear) drop(level + 1);
    return;
  }
}

void ExceptionStack::catch_up(const ModeChanges& changes) {
  if (changes.returns - returns_ > ModeChanges::kTargets) depth_ = 0;
  for (uint64_t number = returns_; depth_ > 0 && number != changes.returns; ++number)
    return_to(changes.targets[number % ModeChanges::kTargets]);
  returns_ = changes.returns;
}

void ExceptionStack::enter(const Retired& retired, const CpuState& state,
                           const ModeChanges& changes) {
  catch_up(changes);
  if (retired.user_mode) depth_ = 0;
  contexts_[next_] = {.pc = retired.pc,
                      .next = retired.pc,
                      .user_mode = retired.user_mode,
                      .asid = retired.asid,
                      .exception = retired.exception.code,
                      .gpr = state.gpr};
  next_ = (next_ + 1) % kDepth;
  depth_ = std::min(depth_ + 1, kDepth);
  ++entered_;
}

std::vector<GuestContext> ExceptionStack::open(bool user_mode, const ModeChanges& changes) const {
  ExceptionStack now = *this;
  now.catch_up(changes);
  std::vector<GuestContext> contexts;
  for (size_t level = 0; level < now.depth_ && !user_mode; ++level)
    contexts.push_back(now.at(level));
  return contexts;
}

}  // namespace exosim
