// The whole state of the processor as one plain value: what a snapshot saves, a debugger edits and
// a test compares. Nothing in it is derived, except that gpr[0] is always 0 between steps.
#pragma once

#include <algorithm>
#include <array>
#include <cstddef>
#include <cstdint>

#include "sim/base/types.hpp"
#include "sim/cpu/cp0.hpp"
#include "sim/cpu/fpu/fpu_state.hpp"
#include "sim/cpu/tlb.hpp"

namespace exosim {

/// A register write that becomes visible only after the next instruction; reg 0 is none.
struct DelayedWrite {
  uint32_t reg = 0;
  uint32_t value = 0;
  friend bool operator==(const DelayedWrite&, const DelayedWrite&) = default;
};

/// What mtc0 to Status, Cause or EntryHi has replaced, and which steps still see it: the write
/// reaches mfc0 at once, its effects only after some instructions (conformance 1.9).
struct Cp0Shadow {
  uint32_t status = 0;
  uint32_t cause = 0;
  uint32_t entry_hi = 0;
  uint64_t interrupts_until = 0;    // before this step, IEc, IM and the software interrupts are old
  uint64_t coprocessors_until = 0;  // CU
  uint64_t caches_until = 0;        // IsC, SwC and PZ
  uint64_t fetches_until = 0;       // the ASID of fetches
  friend bool operator==(const Cp0Shadow&, const Cp0Shadow&) = default;
};

/// The shadows of the last mtc0. No distance is greater than the number of them, so that none is
/// forgotten too early.
class Cp0Shadows {
 public:
  static constexpr size_t kCount = 4;

  void open(const Cp0Shadow& shadow) {
    std::shift_right(last_.begin(), last_.end(), 1);
    last_.front() = shadow;
  }
  /// What counts at this step for one of the effects: the oldest whose end has not come. Null: the
  /// registers themselves.
  const Cp0Shadow* at(uint64_t step, uint64_t Cp0Shadow::*until) const {
    for (auto shadow = last_.rbegin(); shadow != last_.rend(); ++shadow)
      if (step < (*shadow).*until) return &*shadow;
    return nullptr;
  }
  const Cp0Shadow& newest() const { return last_.front(); }
  friend bool operator==(const Cp0Shadows&, const Cp0Shadows&) = default;

 private:
  std::array<Cp0Shadow, kCount> last_{};  // the newest first
};

/// State between two steps.
struct CpuState {
  std::array<uint32_t, 32> gpr{};
  uint32_t hi = 0;
  uint32_t lo = 0;
  VirtAddr pc;                 // the next instruction
  VirtAddr next_pc;            // the one after it
  bool in_delay_slot = false;  // `pc` is the delay slot of the branch at `branch_pc`
  VirtAddr branch_pc;
  DelayedWrite load;  // the last instruction's load, which the next one does not see
  Cp0 cp0;
  Tlb tlb;
  uint64_t steps = 0;            // completed, since reset: Random is derived from it
  uint64_t uncounted_steps = 0;  // of these, those which are no instruction (retired.hpp)
  Cp0Shadows shadows;
  FpuState fpu;  // coprocessor 1, if the machine has it

  friend bool operator==(const CpuState&, const CpuState&) = default;
};

}  // namespace exosim
