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

bool FetchStage::advance() {
  translates_ = missing_page_ != 0;
  if (translates_) return --missing_page_, false;
  if (!work_.read.is_needed()) return true;
  if (has_asked_) return bus_.read_arrives();
  bus_.ask(work_.read);
  has_asked_ = true;
  return false;
}

StallCause FetchStage::stall() const {
  return translates_ ? StallCause::kMicroTlb : read_stall(bus_.holder(), work_.read.cause);
}

}  // namespace exosim::pipeline
