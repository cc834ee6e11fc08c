// One fetch, in the order of its parts.
#include "sim/timing/pipeline/fetch_stage.hpp"

#include "sim/timing/pipeline/memory_stage.hpp"

namespace exosim::pipeline {

void FetchStage::enter(const FetchWork& work) {
  work_ = work;
  const bool misses = work.is_mapped && !micro_tlb_.look_up(work.page);
  missing_page_ = misses ? miss_cycles_ : 0;
  has_asked_ = false;
}

bool FetchStage::goes_straight_on() const {
  const uint32_t next = block_.address.value + 4 * (block_.words - to_come_);
  return work_.hits && work_.word.value == next && missing_page_ == 0;
}

bool FetchStage::complete_block() {
  if (!bus_.read_arrives()) return false;
  to_come_ = 0;
  return true;
}

bool FetchStage::take_streamed() {
  if (!bus_.has_arrived_but(block_, to_come_ - 1)) return false;
  --to_come_;
  return true;
}

bool FetchStage::read() {
  if (!has_asked_) {
    bus_.ask(work_.read);
    has_asked_ = true;
    return false;
  }
  if (!bus_.has_arrived_but(work_.read, work_.read.streamed)) return false;
  block_ = work_.read;
  to_come_ = work_.read.streamed;
  return true;
}

bool FetchStage::advance() {
  if (is_streaming()) return take_streamed();
  translates_ = missing_page_ != 0;
  if (translates_) return --missing_page_, false;
  return !work_.read.is_needed() || read();
}

StallCause FetchStage::stall() const {
  if (is_streaming()) return StallCause::kInstructionCache;
  return translates_ ? StallCause::kMicroTlb : read_stall(bus_.holder(), work_.read.cause);
}

}  // namespace exosim::pipeline
