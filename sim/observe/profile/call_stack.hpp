// A shadow call stack: which functions are active at a step, found out from the steps alone. It
// needs no frame pointers, no unwind tables and no help from the guest. docs/profiles.md has the
// rules.
#pragma once

#include <array>
#include <cstddef>
#include <cstdint>
#include <deque>
#include <optional>
#include <vector>

#include "sim/cpu/retired.hpp"
#include "sim/observe/profile/call_tree.hpp"
#include "sim/observe/profile/code_sites.hpp"

namespace exosim {

/// Every address space has a stack of its own; the kernel's lies on top of the one that it was
/// entered from. Takes bounded memory, whatever the guest does.
class CallStack {
 public:
  /// Both must outlive this. The nodes that are reached are made in `tree`.
  CallStack(const CodeSites& sites, CallTree& tree) : sites_(sites), tree_(tree) {}

  /// Must see every step, before the following are asked.
  void see(const Retired& retired);
  /// Where the step belongs. If it was not fetched, to the function that led there.
  NodeId node() const;
  /// Its word; if it was not fetched, that of its address if that is in the same function, else the
  /// function's last one.
  SiteId site() const { return site_; }
  /// True if the step is the first of a function that was called, jumped to or entered.
  bool has_entered() const { return has_entered_; }
  /// The functions that are active, the outermost first: the kernel's on top of the program's.
  std::vector<FunctionId> functions() const;
  /// Who runs in this address space, before the step is seen. If that was another one, its
  /// identifier has got a new holder, which takes no stack over; the old one may go on under
  /// another identifier.
  void note_owner(unsigned asid, uint32_t owner) {
    if (holders_[asid % kSpaces] != owner) [[unlikely]]
      change_holder(asid % kSpaces, owner);
  }

 private:
  /// How control came to where it is.
  enum class Way : uint8_t { kNone, kJump, kCall, kReturn, kException, kEntry };

  /// Control on its way to `target`; done when the instruction there is fetched.
  struct Move {
    Way way = Way::kNone;
    uint32_t target = 0;
    SiteId from = CallTree::kNowhere;
    uint32_t resume = 0;  // of a call: where it returns to
  };
  /// Where and how a function was left, to be resumed.
  struct Pause {
    uint32_t resume = 0;
    uint32_t sp = 0;
    SiteId from = CallTree::kNowhere;
    uint8_t exception = 0;  // EXC_...; of a call: none
    Move move;              // that had not been done yet
  };
  enum class FrameKind : uint8_t {
    kFirst,         // on its stack
    kCalled,        // by the function beneath it
    kInterruption,  // by an exception of the function beneath it
    kArrival,       // by the kernel, in place of a return from the syscall of the one beneath it
  };
  struct Frame {
    NodeId node = CallTree::kRoot;
    FunctionId function = 0;
    SiteId last = CallTree::kNowhere;  // the word executed last
    FrameKind kind = FrameKind::kFirst;
    Pause beneath;  // of the frame beneath this one

    bool interrupts() const {
      return kind == FrameKind::kInterruption || kind == FrameKind::kArrival;
    }
  };
  struct Stack {
    std::vector<Frame> frames;
    unsigned interruptions = 0;       // frames that interrupt
    Pause left;                       // of a user stack: by its last exception
    bool has_left = false;            // it has been left
    std::vector<FunctionId> upcalls;  // of a user stack: where the kernel has entered it
  };
  /// The stack of an owner whose address space identifier has got another holder.
  struct Homeless {
    uint32_t owner;
    Stack stack;
  };
  /// The stack of a thread that does not run.
  struct Parked {
    bool user_mode;
    unsigned space;
    Stack stack;
  };

  static constexpr unsigned kSpaces = 64;
  static constexpr unsigned kNoSpace = kSpaces;
  static constexpr size_t kMaxFrames = 2048;
  static constexpr size_t kMaxUpcalls = 16;
  static constexpr size_t kMaxParked = 64;
  static constexpr size_t kMaxHomeless = 64;
  static constexpr size_t kMaxParkedFrames = 256;

  Stack& stack() { return in_user_mode_ ? user_[space_] : kernel_; }
  const Stack& stack() const { return in_user_mode_ ? user_[space_] : kernel_; }
  FunctionId function_here() const { return sites_.function_of(site_); }
  bool is_at_top() const;
  void change_holder(unsigned space, uint32_t owner);

  // What a step does to what comes.
  void change_mode(const Retired& retired);
  void see_fetched(const Retired& retired);
  void see_unfetched(const Retired& retired);
  void note_exception(const Retired& retired);
  void note_jump(const Retired& retired);

  // Moves that have arrived at site_.
  void arrive(const Move& move);
  void jump(const Move& move);
  void call(const Move& move);
  void come_back(const Move& move);
  void take_exception();
  void enter_user(const Move& move);
  void take_stack_along(uint32_t target);
  void arrive_anew();
  void settle();

  std::optional<size_t> find_pause(const Stack& stack, uint32_t target, bool is_return,
                                   size_t depth = kMaxFrames) const;
  std::optional<size_t> find_left_with_sp(const Stack& stack) const;
  bool resume_parked(uint32_t target, bool is_return);
  void resume_beneath(size_t frame, uint32_t target);
  void park();

  void push(FrameKind kind, const Pause& beneath);
  void replace_top();
  static void cut(Stack& stack, size_t frames);
  static void drop_oldest(Stack& stack, size_t frames);

  const CodeSites& sites_;
  CallTree& tree_;
  std::array<Stack, kSpaces> user_;
  std::array<std::optional<uint32_t>, kSpaces> holders_;
  std::deque<Homeless> homeless_;  // the oldest first
  Stack kernel_;
  unsigned space_ = kNoSpace;  // whose stack runs, or has the kernel's on top
  bool in_user_mode_ = false;
  uint32_t sp_ = 0;
  uint32_t ra_ = 0;
  Move in_slot_;       // of the jump whose delay slot comes next
  Move pending_;       // of which the next step is the first
  Pause interrupted_;  // if pending_ is an exception
  SiteId site_ = CodeSites::kUnknownKernel;
  bool has_entered_ = false;
  std::deque<Parked> parked_;  // the oldest first
};

}  // namespace exosim
