// The ideal machine: no stalls, each step takes one cycle.
#include "sim/timing/timing_model.hpp"

namespace exosim {

namespace {

class IdealTiming final : public TimingModel {
 public:
  Cycles cost(const Retired&) override { return {1}; }
};

const Registry<TimingEngine>::Registration kIdeal{
    "ideal",
    {.summary = "one cycle per instruction, no stalls",
     .create = []() -> std::unique_ptr<TimingModel> { return std::make_unique<IdealTiming>(); }}};

}  // namespace

}  // namespace exosim
