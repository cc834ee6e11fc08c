// The memory bus and the write buffer in front of it, as times: nothing is done until somebody
// asks, and then all at once that has happened since.
#pragma once

#include <cstdint>
#include <vector>

#include "sim/bus/bus_requests.hpp"
#include "sim/time/step_cost.hpp"
#include "sim/timing/bus_times.hpp"
#include "sim/timing/stage_work.hpp"
#include "sim/timing/timing_model.hpp"

namespace exosim::r3000 {

/// Where the cycles of a stall are put down.
struct StallSink {
  StepCost& cost;
  size_t age;

  void add(StallCause cause, uint64_t cycles) const {
    if (cycles != 0) cost.stall(age, cause, cycles);
  }
};

/// Follows the rules of the reference engine's BusUnit. Cycles must not go back from call to call.
class BusCalendar {
 public:
  explicit BusCalendar(const TimingContext& context);

  /// All that begins in this cycle or before it has begun.
  void run_until(uint64_t cycle);
  /// The processor asks in this cycle; returns the last for which it waits of its read's cycles.
  uint64_t read(uint64_t cycle, const BusRead& read, const StallSink& stalls);
  /// Of a read that has been asked for: the cycle in which only so many of its last words are still
  /// to come.
  uint64_t arrival(const BusRead& read, uint32_t last_words) const {
    return free_ - 1 - times_.last_words(read.address, last_words);
  }
  /// A write wants to enter the buffer; returns the cycle in which it does.
  uint64_t write(uint64_t cycle, const BusWrite& write, const StallSink& stalls);
  /// Somebody waits for a write that has not begun: time must not pass unnoticed.
  bool has_to_deliver() const { return posted_ && has_waiting(); }
  /// True if from this cycle on nothing is in the write buffer.
  bool writes_ended(uint64_t cycle);

 private:
  enum class Holder : uint8_t { kRead, kWrite, kOther };
  enum class Next : uint8_t { kNothing, kRefresh, kOther, kWrite };
  struct Entry {
    BusWrite write;
    uint64_t entered;
  };

  Next next_until(uint64_t cycle) const;
  void begin(Next next);
  void begin_refresh();
  void begin_other();
  void begin_write();
  void hold(Holder holder, uint64_t start, uint64_t cycles);
  bool has_waiting() const { return first_ != entries_.size(); }
  uint64_t occupied(uint64_t cycle) const;
  bool gather(const BusWrite& write);
  bool overtakes_write(const BusRead& read) const;
  StallCause holder_stall(StallCause own) const;

  const TimingConfig& config_;
  BusTimes times_;
  BusRequests& requests_;
  PostedWrites* posted_;
  OpenPage page_;
  std::vector<Entry> entries_;  // from first_ on: those whose write has not begun, the oldest first
  size_t first_ = 0;
  Holder holder_ = Holder::kRead;  // of the last transaction
  uint64_t free_ = 0;              // the first cycle after it
  uint64_t write_end_ = 0;         // the first cycle after the last write
  uint64_t refreshes_ = 1;         // the number of the next
  uint64_t refresh_due_;
};

}  // namespace exosim::r3000
