// One access, in the order of its parts.
#include "sim/timing/pipeline/memory_stage.hpp"

namespace exosim::pipeline {

StallCause read_stall(BusHolder holder, StallCause own) {
  if (holder == BusHolder::kOther) return StallCause::kBusContention;
  return holder == BusHolder::kWrite ? StallCause::kWriteBuffer : own;
}

bool MemoryStage::advance_read() {
  if (has_asked_) return bus_.read_arrives();
  bus_.ask(work_.read);
  has_asked_ = true;
  return false;
}

bool MemoryStage::advance_write(uint64_t cycle) {
  if (merging_ != 0) {
    --merging_;
    write_stall_ = StallCause::kPartialStore;
    return false;
  }
  const bool other = bus_.holder() == BusHolder::kOther;
  write_stall_ = other ? StallCause::kBusContention : StallCause::kWriteBuffer;
  return bus_.write_buffer().accept(cycle, work_.write);
}

StallCause MemoryStage::stall() const {
  return work_.read.is_needed() ? read_stall(bus_.holder(), work_.read.cause) : write_stall_;
}

}  // namespace exosim::pipeline
