// The multiply/divide unit and the FPU, as the cycles from which their results can be had.
#pragma once

#include <algorithm>
#include <array>
#include <bit>
#include <cstdint>

#include "sim/timing/stage_work.hpp"

namespace exosim::r3000 {

/// Follows the rules of the reference engine's AluStage.
class Interlocks {
 public:
  /// The first cycle, from this on, in which the operation can be issued.
  uint64_t ready(uint64_t cycle, const AluWork& work) const {
    if (work.needs_hi_lo) return std::max(cycle, hi_lo_);
    return work.is_float() ? float_ready(cycle, work) : cycle;
  }
  /// The operation wants to be issued in this cycle; returns the cycle in which it is.
  uint64_t issue(uint64_t cycle, const AluWork& work) {
    const uint64_t at = ready(cycle, work);
    if (work.hi_lo_cycles != 0) hi_lo_ = at + work.hi_lo_cycles;
    if (work.unit != FloatUnit::kNone) start_float(at, work);
    return at;
  }

 private:
  uint64_t float_ready(uint64_t cycle, const AluWork& work) const {
    uint64_t at = std::max(cycle, units_[static_cast<size_t>(work.unit)]);
    if (work.needs_idle_fpu) at = std::max(at, *std::ranges::max_element(units_));
    for (uint32_t needs = work.float_needs; needs != 0; needs &= needs - 1)
      at = std::max(at, registers_[static_cast<size_t>(std::countr_zero(needs))]);
    return at;
  }

  void start_float(uint64_t at, const AluWork& work) {
    units_[static_cast<size_t>(work.unit)] = at + work.float_cycles;
    for (uint32_t results = work.float_results; results != 0; results &= results - 1)
      registers_[static_cast<size_t>(std::countr_zero(results))] = at + work.float_cycles;
  }

  uint64_t hi_lo_ = 0;
  std::array<uint64_t, 32> registers_{};
  std::array<uint64_t, 4> units_{};  // by FloatUnit; kNone is never busy
};

}  // namespace exosim::r3000
