// The instruction micro-TLB: the last few pages from which mapped instructions were fetched
// (docs/timing.md).
#pragma once

#include <algorithm>
#include <cstddef>
#include <cstdint>
#include <vector>

namespace exosim {

/// The least recently used page makes room.
class MicroTlb {
 public:
  explicit MicroTlb(size_t entries) : entries_(entries) {}

  /// Whether the page is held; it is afterwards. Without entries there is no micro-TLB to miss.
  bool look_up(uint32_t page) {
    if (entries_ == 0) return true;
    const auto found = std::ranges::find(pages_, page);
    const bool hit = found != pages_.end();
    if (hit) pages_.erase(found);
    if (pages_.size() == entries_) pages_.pop_back();
    pages_.insert(pages_.begin(), page);
    return hit;
  }
  void forget_all() { pages_.clear(); }

 private:
  size_t entries_;
  std::vector<uint32_t> pages_;  // the last used first
};

}  // namespace exosim
