// The reference engine: the pipe as the R3000 manual draws it, moved cycle by cycle. Written to be
// read, not to be fast; docs/timing.md is its explanation.
#include <cstdint>
#include <memory>

#include "sim/timing/pipeline/alu_stage.hpp"
#include "sim/timing/pipeline/bus_unit.hpp"
#include "sim/timing/pipeline/fetch_stage.hpp"
#include "sim/timing/pipeline/memory_stage.hpp"
#include "sim/timing/timing_model.hpp"

namespace exosim {
namespace pipeline {
namespace {

/// What stands in a stage: an instruction, or an empty slot behind one.
struct Slot {
  StageWork work;
  uint64_t step = 0;
};

/// In each run cycle every instruction moves one stage on. Then the stages do their work, MEM
/// first, then ALU, then IF; until all are done the whole pipe stands still.
class PipelineTiming final : public TimingModel {
 public:
  explicit PipelineTiming(const TimingContext& context)
      : config_(context.config), bus_(context), memory_(config_, bus_), fetch_(config_, bus_) {}

  const StepCost& cost(Cycles begin, const Retired& retired) override {
    cost_ = {};
    ++step_;
    while (cycle_ < begin.count) {
      tick_bus();
      next_cycle();
    }
    run_cycle(stage_work(retired, config_));
    for (uint64_t slot = 0; retired.exception.taken && slot < config_.exception; ++slot) {
      next_cycle();
      cost_.stall(0, StallCause::kException, 1);
      run_cycle({});
    }
    return cost_;
  }

  // The instruction that moves into MEM in this cycle counts: its write is on its way.
  bool write_buffer_empty(Cycles) override {
    return bus_.writes_end() && !in_alu_.work.memory.write.is_needed();
  }

  void empty_micro_tlb() override { fetch_.forget_pages(); }

 private:
  void next_cycle() {
    ++cycle_;
    alu_.tick();
    has_ticked_ = false;
  }

  // As late as possible: between two steps devices may have asked for this cycle.
  void tick_bus() {
    if (!has_ticked_) bus_.tick(cycle_);
    has_ticked_ = true;
  }

  void run_cycle(const StageWork& entering) {
    in_memory_ = in_alu_;
    in_alu_ = in_read_;
    in_read_ = in_fetch_;
    in_fetch_ = {entering, step_};
    tick_bus();
    memory_.enter(in_memory_.work.memory);
    alu_.enter(in_alu_.work.alu);
    fetch_.enter(in_fetch_.work.fetch);
    if (fetch_.is_streaming() && !can_stream())
      finish(fetch_, in_fetch_, [&] { return fetch_.complete_block(); });
    finish(memory_, in_memory_, [&] { return memory_.advance(cycle_); });
    finish(alu_, in_alu_, [&] { return alu_.advance(); });
    finish(fetch_, in_fetch_, [&] { return fetch_.advance(); });
    if (entering.changes_tlb) fetch_.forget_pages();
  }

  /// The pipe goes on with a block that arrives if nothing but the fetch wants to do anything.
  bool can_stream() const {
    return !in_memory_.work.memory.is_needed() && alu_.can_advance() && fetch_.goes_straight_on();
  }

  /// Lets the stage do its work; until it is done the pipe stands still.
  template <class Stage, class Advance>
  void finish(const Stage& stage, const Slot& slot, Advance advance) {
    while (!advance()) {
      next_cycle();
      tick_bus();
      cost_.stall(step_ - slot.step, stage.stall(), 1);
    }
  }

  const TimingConfig& config_;
  BusUnit bus_;
  MemoryStage memory_;
  AluStage alu_;
  FetchStage fetch_;
  Slot in_fetch_;
  Slot in_read_;  // stage RD, of which nothing is asked
  Slot in_alu_;
  Slot in_memory_;
  uint64_t step_ = 0;
  uint64_t cycle_ = 0;
  bool has_ticked_ = false;
  StepCost cost_;
};

const Registry<TimingEngine>::Registration kPipeline{
    "pipeline",
    {.summary = "the reference: each instruction moved through the pipeline, cycle by cycle; slow",
     .create = [](const TimingContext& context) -> std::unique_ptr<TimingModel> {
       return std::make_unique<PipelineTiming>(context);
     }}};

}  // namespace
}  // namespace pipeline
}  // namespace exosim
