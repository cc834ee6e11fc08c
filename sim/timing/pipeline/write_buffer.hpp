// The write buffer: a queue between the processor's stores and the bus.
#pragma once

#include <cstdint>
#include <deque>

#include "sim/base/types.hpp"
#include "sim/timing/stage_work.hpp"

namespace exosim::pipeline {

/// Entries keep their place until their write has ended on the bus.
class WriteBuffer {
 public:
  WriteBuffer(uint64_t depth, bool gathers) : depth_(depth), gathers_(gathers) {}

  /// False if there is no room in this cycle.
  bool accept(uint64_t cycle, const BusWrite& write);
  bool is_empty() const { return entries_.empty(); }
  uint64_t size() const { return entries_.size(); }
  /// The oldest entry, if it waits for the bus and may have it in this cycle; null otherwise.
  const BusWrite* waiting(uint64_t cycle) const;
  /// The oldest entry's write begins; ends.
  void start() { head_is_on_bus_ = true; }
  void finish();
  /// True if a word of the read waits to be written.
  bool holds_any(const BusRead& read) const;

 private:
  struct Entry {
    BusWrite write;
    uint64_t entered;
  };

  bool gather(const BusWrite& write);

  uint64_t depth_;
  bool gathers_;
  bool head_is_on_bus_ = false;
  std::deque<Entry> entries_;  // the oldest first
};

}  // namespace exosim::pipeline
