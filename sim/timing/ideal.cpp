// The ideal machine: no stalls, each step takes one cycle, and nobody waits for the bus but other
// masters for one another.
#include <algorithm>

#include "sim/timing/stage_work.hpp"
#include "sim/timing/timing_model.hpp"

namespace exosim {

namespace {

class IdealTiming final : public TimingModel {
 public:
  explicit IdealTiming(const TimingContext& context)
      : ram_bytes_(context.config.ram_bytes),
        requests_(context.requests),
        posted_(context.posted) {}

  const StepCost& cost(Cycles begin, const Retired& retired) override {
    if (posted_ && retired.data.kind == DataAccess::Kind::kStore) deliver(retired);
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

  void deliver(const Retired& retired) {
    const BusWrite write = memory_work(retired).write;
    if (write.is_needed() && write.word.value >= ram_bytes_)
      posted_->deliver(write.word, write.bytes, write.value);
  }

  uint32_t ram_bytes_;
  BusRequests& requests_;
  PostedWrites* posted_;
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
