// The price of what was executed. A timing model changes nothing architectural.
#pragma once

#include <memory>
#include <string_view>

#include "sim/base/registry.hpp"
#include "sim/base/types.hpp"
#include "sim/cpu/retired.hpp"

namespace exosim {

/// Prices steps in order. At least one cycle each, so that time always passes.
class TimingModel {
 public:
  virtual ~TimingModel() = default;
  virtual Cycles cost(const Retired& retired) = 0;
};

/// A timing engine as it registers itself: Registry<TimingEngine>, by the name in timing.engine.
struct TimingEngine {
  std::string_view summary;
  std::unique_ptr<TimingModel> (*create)();
};

}  // namespace exosim
