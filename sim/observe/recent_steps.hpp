// Whom a stall belongs to: something about each of the last steps, by its age.
#pragma once

#include <array>
#include <cstddef>

#include "sim/time/step_cost.hpp"

namespace exosim {

/// Steps before the first one have the value given at the beginning.
template <class T>
class RecentSteps {
 public:
  explicit RecentSteps(T before) { values_.fill(before); }

  void push(T value) { values_[++last_ % values_.size()] = value; }
  /// Of the step `age` steps before the last one; `age` < StepCost::kAges.
  T operator[](size_t age) const { return values_[(last_ - age) % values_.size()]; }

 private:
  std::array<T, StepCost::kAges> values_;
  size_t last_ = StepCost::kAges;
};

}  // namespace exosim
