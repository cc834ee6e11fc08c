// The memory bus and the write buffer in front of it, cycle by cycle.
#pragma once

#include <cstdint>
#include <optional>

#include "sim/bus/bus_requests.hpp"
#include "sim/timing/bus_times.hpp"
#include "sim/timing/pipeline/write_buffer.hpp"
#include "sim/timing/stage_work.hpp"
#include "sim/timing/timing_model.hpp"

namespace exosim::pipeline {

/// Who has the bus in a cycle.
enum class BusHolder : uint8_t { kNobody, kRead, kWrite, kOther };

/// One transaction at a time. When the bus falls free it goes to the refresh, another master, the
/// processor's read, the write buffer, in this order; a read lets those writes go first that it
/// would overtake at its own address in RAM.
class BusUnit {
 public:
  explicit BusUnit(const TimingContext& context);

  /// The cycle begins: what was in its last cycle has ended, and if the bus is free it is given
  /// away.
  void tick(uint64_t cycle);
  /// The processor wants to read, and competes from the next cycle on.
  void ask(const BusRead& read) { asked_ = read; }
  /// True in the last cycle of what the processor asked for.
  bool read_arrives() const { return holder_ == BusHolder::kRead && left_ == 1; }
  /// True from the cycle on in which only so many of its last words are still to come.
  bool has_arrived_but(const BusRead& read, uint32_t last_words) const {
    return holder_ == BusHolder::kRead && left_ <= 1 + times_.last_words(read.address, last_words);
  }
  BusHolder holder() const { return holder_; }
  WriteBuffer& write_buffer() { return write_buffer_; }
  /// True if nothing is in the write buffer once this cycle is over.
  bool writes_end() const;

 private:
  void finish();
  void start(BusHolder holder, uint64_t cycles);
  void give_away(uint64_t cycle);
  bool refresh(uint64_t cycle);
  bool serve_other(uint64_t cycle);
  bool read();
  void write(uint64_t cycle);

  BusTimes times_;
  BusRequests& requests_;
  PostedWrites* posted_;
  WriteBuffer write_buffer_;
  OpenPage page_;
  std::optional<BusRead> asked_;
  BusHolder holder_ = BusHolder::kNobody;
  uint64_t left_ = 0;       // cycles of the transaction, this one included
  uint64_t refreshes_ = 1;  // the number of the next
};

}  // namespace exosim::pipeline
