// Stage MEM: the data access.
#pragma once

#include <cstdint>

#include "sim/timing/pipeline/bus_unit.hpp"
#include "sim/timing/stage_work.hpp"

namespace exosim::pipeline {

/// Holds one instruction at a time. A store of less than a word first merges, then enters the write
/// buffer; a read that the cache cannot serve waits for the bus.
class MemoryStage {
 public:
  MemoryStage(const TimingConfig& config, BusUnit& bus)
      : bus_(bus), merge_cycles_(config.partial_store) {}

  void enter(const MemoryWork& work) {
    work_ = work;
    merging_ = work.merges ? merge_cycles_ : 0;
    has_asked_ = false;
  }
  /// Does what can be done in this cycle; true if that was the last.
  bool advance(uint64_t cycle) {
    if (work_.read.is_needed()) return advance_read();
    return !work_.write.is_needed() || advance_write(cycle);
  }
  /// Why the pipe stands still in the cycle after one in which advance() was false.
  StallCause stall() const;

 private:
  bool advance_read();
  bool advance_write(uint64_t cycle);

  BusUnit& bus_;
  uint64_t merge_cycles_;
  MemoryWork work_;
  uint64_t merging_ = 0;
  bool has_asked_ = false;
  StallCause write_stall_ = StallCause::kWriteBuffer;
};

/// Of a processor that waits for its read: by who has the bus.
StallCause read_stall(BusHolder holder, StallCause own);

}  // namespace exosim::pipeline
