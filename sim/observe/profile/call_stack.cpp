// What each step says about where control goes next. What becomes of the stack when it gets there
// is in call_stack_moves.cpp.
#include "sim/observe/profile/call_stack.hpp"

#include <utility>

#include "isa/machine/exceptions.h"
#include "isa/machine/registers.h"

namespace exosim {

void CallStack::see(const Retired& retired) {
  has_entered_ = false;
  const bool is_elsewhere = in_user_mode_ && retired.asid % kSpaces != space_;
  if (retired.user_mode != in_user_mode_ || is_elsewhere) [[unlikely]]
    change_mode(retired);
  if (retired.fetched) [[likely]]
    see_fetched(retired);
  else
    see_unfetched(retired);
  if (retired.dest == REG_SP) sp_ = retired.dest_value;
  if (retired.dest == REG_RA) ra_ = retired.dest_value;
  if (retired.exception.taken) [[unlikely]] {
    note_exception(retired);
    return;
  }
  if (in_slot_.way != Way::kNone) {
    pending_ = std::exchange(in_slot_, {});
    pending_.target = retired.next_pc.value;
  }
  if (retired.branch_taken) note_jump(retired);
}

void CallStack::see_fetched(const Retired& retired) {
  site_ = sites_.at(retired);
  if (pending_.way != Way::kNone)
    arrive(std::exchange(pending_, {}));
  else if (!is_at_top()) [[unlikely]]
    jump({.way = Way::kJump, .target = retired.pc.value, .from = site_});
  stack().frames.back().last = site_;
}

/// Of a move that has not arrived the steps are the function's that it comes from.
void CallStack::see_unfetched(const Retired& retired) {
  const Stack* stack = &this->stack();
  if (stack->frames.empty() && !in_user_mode_ && space_ != kNoSpace) stack = &user_[space_];
  if (stack->frames.empty()) {
    site_ = CodeSites::unknown(retired.user_mode);
    return;
  }
  const Frame& top = stack->frames.back();
  site_ = sites_.within(top.function, retired.pc.value).value_or(top.last);
}

/// Into user mode the kernel has gone by rfe, and its stack is gone. In the other direction it goes
/// by an exception, which has been noted; what a program with a usable CP0 does to its own mode is
/// followed as well.
void CallStack::change_mode(const Retired& retired) {
  in_user_mode_ = retired.user_mode;
  cut(kernel_, 0);
  in_slot_ = {};
  if (!in_user_mode_) return;
  space_ = retired.asid % kSpaces;
  pending_ = {.way = Way::kEntry, .target = retired.pc.value};
}

void CallStack::note_exception(const Retired& retired) {
  in_slot_ = {};
  const uint32_t vector = retired.exception.vector.value;
  if (pending_.way == Way::kException) {  // the vector itself cannot be fetched
    pending_.target = vector;
    return;
  }
  interrupted_ = {.resume = retired.exception.epc.value,
                  .sp = sp_,
                  .from = site_,
                  .exception = retired.exception.code,
                  .move = pending_};
  if (in_user_mode_) {
    Stack& user = user_[space_];
    // Before its first instruction it is still as it was left the last time.
    if (pending_.way != Way::kEntry) {
      user.left = interrupted_;
      user.has_left = true;
    }
    in_user_mode_ = false;
    cut(kernel_, 0);
  }
  pending_ = {.way = Way::kException, .target = vector, .from = site_};
}

/// A taken branch without a link goes where the next step is; only a change of the function tells.
void CallStack::note_jump(const Retired& retired) {
  const isa::Word word = retired.word;
  const uint32_t behind = retired.pc.value + 8;
  const bool is_register = retired.op_class == isa::OpClass::kJump && word.opcode() == 0;
  in_slot_ = {.from = site_, .resume = behind};
  if (retired.dest != 0 || (is_register && word.rs() != REG_RA && ra_ == behind))
    in_slot_.way = Way::kCall;
  else if (retired.op_class == isa::OpClass::kJump)
    in_slot_.way = is_register && word.rs() == REG_RA ? Way::kReturn : Way::kJump;
}

bool CallStack::is_at_top() const {
  const std::vector<Frame>& frames = stack().frames;
  return !frames.empty() && frames.back().function == function_here();
}

NodeId CallStack::node() const {
  const Stack& running = stack();
  if (!running.frames.empty()) return running.frames.back().node;
  if (in_user_mode_ || space_ == kNoSpace || user_[space_].frames.empty()) return CallTree::kRoot;
  return user_[space_].frames.back().node;
}

std::vector<FunctionId> CallStack::functions() const {
  std::vector<FunctionId> functions;
  if (space_ != kNoSpace)
    for (const Frame& frame : user_[space_].frames) functions.push_back(frame.function);
  if (!in_user_mode_)
    for (const Frame& frame : kernel_.frames) functions.push_back(frame.function);
  return functions;
}

void CallStack::change_holder(unsigned space, uint32_t owner) {
  std::optional<uint32_t>& holder = holders_[space];
  if (holder && !user_[space].frames.empty()) {
    if (homeless_.size() == kMaxHomeless) homeless_.pop_front();
    homeless_.push_back({.owner = *holder, .stack = std::move(user_[space])});
    drop_oldest(homeless_.back().stack, kMaxParkedFrames);
  }
  user_[space] = {};
  std::erase_if(parked_, [space](const Parked& parked) { return parked.space == space; });
  holder = owner;
}

}  // namespace exosim
