// What becomes of the stack when control arrives: calls, returns, jumps, exceptions and entries
// into user mode. A function can only be resumed with the stack pointer that it was left with: that
// tells levels of a recursion, and threads, apart.
#include <algorithm>
#include <utility>

#include "isa/machine/exceptions.h"
#include "sim/observe/profile/call_stack.hpp"

namespace exosim {
namespace {

/// Where a function goes on that an exception has interrupted: at the instruction, or behind it.
bool goes_on(uint32_t interrupted, uint32_t target) {
  return target == interrupted || target == interrupted + 4;
}

/// A kernel may take a sequence that an interrupt has ended back to its beginning.
bool is_restart(uint32_t interrupted, uint32_t target) {
  constexpr uint32_t kLongest = 32;  // bytes, as exokernel/abi/env.h has it
  return interrupted - target < kLongest;
}

}  // namespace

void CallStack::arrive(const Move& move) {
  switch (move.way) {
    case Way::kCall:
      return call(move);
    case Way::kReturn:
      return come_back(move);
    case Way::kException:
      return take_exception();
    case Way::kEntry:
      return enter_user(move);
    default:
      return jump(move);
  }
}

/// A jump into the middle of the same function comes back by a jump: it is no call.
void CallStack::call(const Move& move) {
  if (is_at_top() && !sites_.is_entry(site_)) return;
  push(FrameKind::kCalled, {.resume = move.resume, .sp = sp_, .from = move.from});
}

void CallStack::come_back(const Move& move) {
  Stack& running = stack();
  if (const auto frame = find_pause(running, move.target, true))
    return resume_beneath(*frame, move.target);
  if (resume_parked(move.target, true)) return;
  for (size_t frame = running.frames.size(); frame-- > 0;)
    if (running.frames[frame].kind == FrameKind::kCalled &&
        running.frames[frame].beneath.resume == move.target)
      return resume_beneath(frame, move.target);
  if (is_at_top()) return;
  if (const auto frame = find_left_with_sp(running)) return cut(running, *frame);
  if (running.frames.size() > 1) park();
  settle();
}

/// A jump goes back to what was interrupted, or within the function, or into another in its place.
void CallStack::jump(const Move& move) {
  Stack& running = stack();
  if (running.interruptions > 0)
    if (const auto frame = find_pause(running, move.target, false))
      return resume_beneath(*frame, move.target);
  if (is_at_top()) return;
  if (!parked_.empty() && resume_parked(move.target, false)) return;
  if (!sites_.is_entry(site_))
    if (const auto frame = find_left_with_sp(running)) return cut(running, *frame);
  settle();
}

/// The kernel's first frame on top of a program's is not the kernel's to resume what is beneath.
void CallStack::take_exception() {
  const bool is_nested = !kernel_.frames.empty();
  push(is_nested ? FrameKind::kInterruption : FrameKind::kFirst, interrupted_);
}

void CallStack::enter_user(const Move& move) {
  Stack& user = user_[space_];
  if (!user.has_left || !goes_on(user.left.resume, move.target)) take_stack_along(move.target);
  const Pause left = user.left;
  if (user.has_left && goes_on(left.resume, move.target)) {
    const bool was_on_its_way = left.move.way != Way::kNone && left.move.target == move.target;
    return was_on_its_way ? arrive(left.move) : settle();
  }
  const bool is_restarted = left.exception == EXC_INT && is_restart(left.resume, move.target);
  if (is_at_top() && (!sites_.is_entry(site_) || is_restarted)) return;
  if (const auto frame = find_pause(user, move.target, false))
    return resume_beneath(*frame, move.target);
  const bool is_syscall = left.exception == EXC_SYS;
  if (is_syscall) arrive_anew();
  push(is_syscall ? FrameKind::kArrival : FrameKind::kInterruption, left);
  const bool is_known = std::ranges::find(user.upcalls, function_here()) != user.upcalls.end();
  if (!is_known && user.upcalls.size() < kMaxUpcalls) user.upcalls.push_back(function_here());
}

/// Who has changed its address space, or has got another identifier for it, goes on there with the
/// stack that it had: at the place that it has left, or in a handler that it has had before. In
/// another one an environment of the same number may have begun.
void CallStack::take_stack_along(uint32_t target) {
  const std::optional<uint32_t> owner = holders_[space_];
  Stack& user = user_[space_];
  if (!owner) return;
  const auto take = [&](Stack& stack) {
    const bool goes_on_there =
        stack.has_left && stack.left.sp == sp_ && goes_on(stack.left.resume, target);
    const bool is_upcall = user.frames.empty() && sites_.is_entry(site_) &&
                           std::ranges::find(stack.upcalls, function_here()) != stack.upcalls.end();
    if (!goes_on_there && !is_upcall) return false;
    user = std::exchange(stack, {});
    return true;
  };
  for (unsigned space = 0; space < kSpaces; ++space)
    if (space != space_ && holders_[space] == owner && take(user_[space])) return;
  for (auto at = homeless_.begin(); at != homeless_.end(); ++at)
    if (at->owner == *owner && take(at->stack)) {
      homeless_.erase(at);
      return;
    }
}

/// Where an environment is entered again and again, each time instead of a return from a syscall,
/// no entry returns to the one before it. At its very beginning another program has begun.
void CallStack::arrive_anew() {
  Stack& user = user_[space_];
  for (size_t frame = user.frames.size(); frame-- > 0;) {
    const Frame& earlier = user.frames[frame];
    if (earlier.function != function_here() || !sites_.is_entry(site_)) continue;
    if (earlier.kind == FrameKind::kArrival || earlier.kind == FrameKind::kFirst)
      return cut(user, frame);
  }
}

/// The function at site_ runs, in the place of whatever has led to it.
void CallStack::settle() {
  if (stack().frames.empty())
    push(FrameKind::kFirst, {});
  else if (!is_at_top())
    replace_top();
}

/// The frame on top of the one that `target` resumes: of the innermost `depth`, the first.
std::optional<size_t> CallStack::find_pause(const Stack& stack, uint32_t target, bool is_return,
                                            size_t depth) const {
  const size_t size = stack.frames.size();
  for (size_t index = size; index-- > size - std::min(size, depth);) {
    const Frame& frame = stack.frames[index];
    if (frame.beneath.sp != sp_) continue;
    if (frame.interrupts() && goes_on(frame.beneath.resume, target)) return index;
    if (is_return && frame.kind == FrameKind::kCalled && frame.beneath.resume == target)
      return index;
  }
  return std::nullopt;
}

/// The same for a place that nobody has said before: the function around it must have been left,
/// with the stack pointer that there is now.
std::optional<size_t> CallStack::find_left_with_sp(const Stack& stack) const {
  for (size_t index = stack.frames.size(); index-- > 1;)
    if (stack.frames[index].beneath.sp == sp_ &&
        stack.frames[index - 1].function == function_here())
      return index;
  return std::nullopt;
}

bool CallStack::resume_parked(uint32_t target, bool is_return) {
  constexpr size_t kDepth = 8;  // a thread goes on where it switched, in one of its last functions
  for (auto at = parked_.rbegin(); at != parked_.rend(); ++at) {
    if (at->user_mode != in_user_mode_ || (in_user_mode_ && at->space != space_)) continue;
    const auto frame = find_pause(at->stack, target, is_return, kDepth);
    if (!frame) continue;
    Parked resumed = std::move(*at);
    parked_.erase(std::next(at).base());
    park();
    space_ = resumed.space;
    stack().frames = std::move(resumed.stack.frames);
    stack().interruptions = resumed.stack.interruptions;
    resume_beneath(*frame, target);
    return true;
  }
  return false;
}

void CallStack::resume_beneath(size_t frame, uint32_t target) {
  Stack& running = stack();
  const Move move = running.frames[frame].beneath.move;
  cut(running, frame);
  if (move.way != Way::kNone && move.target == target)
    arrive(move);
  else
    settle();
}

/// Another thread runs: the stack is kept for when its own turn comes again.
void CallStack::park() {
  Stack& running = stack();
  Parked parked{.user_mode = in_user_mode_, .space = space_, .stack = {}};
  parked.stack.frames = std::move(running.frames);
  parked.stack.interruptions = running.interruptions;
  drop_oldest(parked.stack, kMaxParkedFrames);
  running.frames.clear();
  running.interruptions = 0;
  if (!in_user_mode_) space_ = kNoSpace;
  if (parked_.size() == kMaxParked) parked_.pop_front();
  if (!parked.stack.frames.empty()) parked_.push_back(std::move(parked));
}

void CallStack::push(FrameKind kind, const Pause& beneath) {
  Stack& running = stack();
  if (running.frames.size() == kMaxFrames) drop_oldest(running, kMaxFrames / 2);
  const bool is_first = running.frames.empty();
  const NodeId parent = node();
  const SiteId from = parent == CallTree::kRoot ? CallTree::kNowhere : beneath.from;
  const NodeId child = tree_.child(parent, from, function_here());
  tree_.count_call(child);
  has_entered_ = true;
  running.frames.push_back({.node = child,
                            .function = function_here(),
                            .last = site_,
                            .kind = is_first ? FrameKind::kFirst : kind,
                            .beneath = beneath});
  running.interruptions += running.frames.back().interrupts();
}

void CallStack::replace_top() {
  Frame& top = stack().frames.back();
  const CallNode& replaced = tree_[top.node];
  top.function = function_here();
  top.node = tree_.child(replaced.parent, replaced.call_site, top.function);
  tree_.count_call(top.node);
  has_entered_ = true;
}

void CallStack::cut(Stack& stack, size_t frames) {
  for (size_t index = frames; index < stack.frames.size(); ++index)
    stack.interruptions -= stack.frames[index].interrupts();
  stack.frames.erase(stack.frames.begin() + static_cast<std::ptrdiff_t>(frames),
                     stack.frames.end());
}

/// Keeps the newest.
void CallStack::drop_oldest(Stack& stack, size_t frames) {
  if (stack.frames.size() <= frames) return;
  const size_t dropped = stack.frames.size() - frames;
  for (size_t index = 0; index < dropped; ++index)
    stack.interruptions -= stack.frames[index].interrupts();
  stack.frames.erase(stack.frames.begin(),
                     stack.frames.begin() + static_cast<std::ptrdiff_t>(dropped));
}

}  // namespace exosim
