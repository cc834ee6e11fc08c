// The exceptions that software has taken and not yet returned from, with the registers of what they
// interrupted: where a back-trace goes on at the end of a handler.
#pragma once

#include <array>
#include <cstddef>
#include <cstdint>
#include <vector>

#include "sim/base/types.hpp"
#include "sim/cpu/interpreter.hpp"
#include "sim/cpu/retired.hpp"
#include "sim/cpu/state.hpp"

namespace exosim {

/// Something that ran and stands still now: by an exception, or because the run has ended.
struct GuestContext {
  VirtAddr pc;    // the last instruction; if an exception interrupted it, not done
  VirtAddr next;  // where it would go on
  bool user_mode = false;
  uint8_t asid = 0;
  uint8_t exception = 0;  // EXC_... that interrupted it
  bool left = false;      // an rfe has ended the exception, but went on elsewhere
  std::array<uint32_t, 32> gpr{};
};

/// Kept by the machine, a copy of the registers per exception. Looks at the rfe instructions only
/// when it is asked.
class ExceptionStack {
 public:
  /// After a step that took an exception.
  void enter(const Retired& retired, const CpuState& state, const ModeChanges& changes);
  /// The innermost first. Empty in user mode: nothing is left to return from.
  std::vector<GuestContext> open(bool user_mode, const ModeChanges& changes) const;
  uint64_t entered() const { return entered_; }

 private:
  /// More than the mode stack of Status holds: of a kernel that never executes rfe, the last ones.
  static constexpr size_t kDepth = 4;

  void catch_up(const ModeChanges& changes);
  void return_to(VirtAddr target);
  GuestContext& at(size_t level) { return contexts_[(next_ + 2 * kDepth - 1 - level) % kDepth]; }
  void drop(size_t levels);

  std::array<GuestContext, kDepth> contexts_;  // a ring
  size_t next_ = 0;                            // where the next one goes
  size_t depth_ = 0;
  uint64_t returns_ = 0;  // the first rfe not looked at
  uint64_t entered_ = 0;
};

}  // namespace exosim
