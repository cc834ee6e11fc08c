// Interlocks.
#include "sim/timing/pipeline/alu_stage.hpp"

#include <algorithm>

namespace exosim::pipeline {

void FloatUnits::tick() {
  for (uint64_t& left : registers_) left -= left != 0;
  for (uint64_t& left : units_) left -= left != 0;
}

bool FloatUnits::is_idle() const {
  const auto is_zero = [](uint64_t left) { return left == 0; };
  return std::ranges::all_of(registers_, is_zero) && std::ranges::all_of(units_, is_zero);
}

bool FloatUnits::can_issue(const AluWork& work) const {
  if (work.needs_idle_fpu && !is_idle()) return false;
  for (unsigned r = 0; r < registers_.size(); ++r)
    if ((work.float_needs >> r & 1) && registers_[r] != 0) return false;
  return units_[static_cast<size_t>(work.unit)] == 0;
}

void FloatUnits::issue(const AluWork& work) {
  if (work.unit != FloatUnit::kNone) units_[static_cast<size_t>(work.unit)] = work.float_cycles;
  for (unsigned r = 0; r < registers_.size(); ++r)
    if (work.float_results >> r & 1) registers_[r] = work.float_cycles;
}

bool AluStage::can_advance() const {
  if (work_.needs_hi_lo && !mul_div_.is_ready()) return false;
  return !work_.is_float() || floats_.can_issue(work_);
}

bool AluStage::advance() {
  if (!can_advance()) return false;
  if (work_.is_float()) floats_.issue(work_);
  if (work_.hi_lo_cycles != 0) mul_div_.start(work_.hi_lo_cycles);
  return true;
}

}  // namespace exosim::pipeline
