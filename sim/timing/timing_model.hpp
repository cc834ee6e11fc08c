// The price of what was executed. A timing model changes nothing architectural; but it keeps the
// calendar of the bus, so it says when other masters have it and when the write buffer is empty.
#pragma once

#include <memory>
#include <string_view>

#include "sim/base/registry.hpp"
#include "sim/base/types.hpp"
#include "sim/bus/bus_requests.hpp"
#include "sim/bus/posted_writes.hpp"
#include "sim/cpu/retired.hpp"
#include "sim/time/step_cost.hpp"
#include "sim/timing/timing_config.hpp"

namespace exosim {

/// What a timing model is made from. All of it must outlive it.
struct TimingContext {
  const TimingConfig& config;
  BusRequests& requests;
  PostedWrites* posted = nullptr;  // if not null: whoever gets what is not for RAM
};

/// Prices steps in order. At least one cycle each, so that time always passes. During a step it
/// grants the bus to other masters for each burst that begins before the step's end.
class TimingModel {
 public:
  virtual ~TimingModel() = default;
  /// The cost of the step that began at `begin`, where the step before it ended. Valid until the
  /// next call.
  virtual const StepCost& cost(Cycles begin, const Retired& retired) = 0;
  /// CpCond0 at the beginning of a step: nothing waits in the write buffer, nor is being written.
  virtual bool write_buffer_empty(Cycles begin) = 0;
  /// The micro-TLB, if there is one, forgets its pages before the next step: a host-side request,
  /// as the emptying of caches and TLB for an operation that begins cold.
  virtual void empty_micro_tlb() {}
};

/// A timing engine as it registers itself: Registry<TimingEngine>, by the name in timing.engine.
struct TimingEngine {
  std::string_view summary;
  std::unique_ptr<TimingModel> (*create)(const TimingContext&);
};

}  // namespace exosim
