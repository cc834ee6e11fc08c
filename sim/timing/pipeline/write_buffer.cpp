// The queue's rules.
#include "sim/timing/pipeline/write_buffer.hpp"

namespace exosim::pipeline {

bool WriteBuffer::accept(uint64_t cycle, const BusWrite& write) {
  if (gathers_ && gather(write)) return true;
  if (entries_.size() == depth_) return false;
  entries_.push_back({write, cycle});
  return true;
}

// Into the youngest entry, unless it is being written already.
bool WriteBuffer::gather(const BusWrite& write) {
  if (entries_.empty() || (head_is_on_bus_ && entries_.size() == 1)) return false;
  BusWrite& youngest = entries_.back().write;
  if (youngest.word != write.word) return false;
  youngest.join(write);
  return true;
}

const BusWrite* WriteBuffer::waiting(uint64_t cycle) const {
  if (entries_.empty() || head_is_on_bus_ || entries_.front().entered >= cycle) return nullptr;
  return &entries_.front().write;
}

void WriteBuffer::finish() {
  entries_.pop_front();
  head_is_on_bus_ = false;
}

bool WriteBuffer::holds_any(const BusRead& read) const {
  for (const Entry& entry : entries_)
    if (entry.write.word.value - read.address.value < 4 * read.words) return true;
  return false;
}

}  // namespace exosim::pipeline
