// Stage IF: the micro-TLB and the instruction cache.
#pragma once

#include <cstdint>

#include "sim/timing/micro_tlb.hpp"
#include "sim/timing/pipeline/bus_unit.hpp"
#include "sim/timing/stage_work.hpp"

namespace exosim::pipeline {

/// Holds one instruction at a time. First the page, then the word. With streaming, a block goes on
/// to arrive behind the word that missed, and the words behind that are taken as they come.
class FetchStage {
 public:
  FetchStage(const TimingConfig& config, BusUnit& bus)
      : bus_(bus), micro_tlb_(config.micro_tlb_entries), miss_cycles_(config.micro_tlb_miss) {}

  void enter(const FetchWork& work);
  void forget_pages() { micro_tlb_.forget_all(); }
  /// True while a block arrives.
  bool is_streaming() const { return to_come_ != 0; }
  /// True if what has entered is the next word of that block.
  bool goes_straight_on() const;
  /// The pipe cannot go on with the block as it comes: true in the block's last cycle.
  bool complete_block();
  /// Does what can be done in this cycle; true if that was the last.
  bool advance();
  /// Why the pipe stands still in the cycle after one in which advance() was false.
  StallCause stall() const;

 private:
  bool take_streamed();
  bool read();

  BusUnit& bus_;
  MicroTlb micro_tlb_;
  uint64_t miss_cycles_;
  FetchWork work_;
  uint64_t missing_page_ = 0;  // cycles left
  bool translates_ = false;    // the last cycle went to the page
  bool has_asked_ = false;
  BusRead block_;         // that arrives
  uint32_t to_come_ = 0;  // of its words, those not yet fetched
};

}  // namespace exosim::pipeline
