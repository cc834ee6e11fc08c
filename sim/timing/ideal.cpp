// The ideal machine: no stalls, each step takes one cycle, and nobody waits for the bus but other
// masters for one another.
#include <algorithm>

#include "sim/timing/timing_model.hpp"

namespace exosim {

namespace {

class IdealTiming final : public TimingModel {
 public:
  explicit IdealTiming(const TimingContext& context) : requests_(context.requests) {}

  const StepCost& cost(Cycles begin, const Retired&) override {
    const Cycles end = begin + Cycles{1};
    while (std::max(requests_.next(), free_) < end) grant();
    return cost_;
  }
  bool write_buffer_empty(Cycles) override { return true; }

 private:
  // A word each cycle.
  void grant() {
    const BusRequests::Request request = requests_.take();
    const Cycles start = std::max(request.at, free_);
    free_ = start + Cycles{request.transfer.words};
    request.master->on_granted(start, free_);
  }

  BusRequests& requests_;
  Cycles free_;
  const StepCost cost_;
};

const Registry<TimingEngine>::Registration kIdeal{
    "ideal",
    {.summary = "one cycle per instruction, no stalls",
     .create = [](const TimingContext& context) -> std::unique_ptr<TimingModel> {
       return std::make_unique<IdealTiming>(context);
     }}};

}  // namespace

}  // namespace exosim
