// Stretches of addresses of which the first that covers an address has it.
#pragma once

#include <algorithm>
#include <cstdint>
#include <iterator>
#include <map>

namespace exosim {

/// Which addresses have been covered so far.
class Coverage {
 public:
  /// Calls fresh(begin, end) for each part of [begin, end) that was not covered, and covers it.
  template <class Fresh>
  void add(uint32_t begin, uint32_t end, Fresh fresh) {
    auto next = covered_.upper_bound(begin);
    if (next != covered_.begin() && std::prev(next)->second >= begin) --next;
    uint32_t from = begin;
    uint32_t low = begin;
    uint32_t high = end;
    while (next != covered_.end() && next->first <= end) {
      if (from < next->first) fresh(from, next->first);
      from = std::max(from, next->second);
      low = std::min(low, next->first);
      high = std::max(high, next->second);
      next = covered_.erase(next);
    }
    if (from < end) fresh(from, end);
    covered_.emplace(low, high);
  }

 private:
  std::map<uint32_t, uint32_t> covered_;  // begin to end; apart from one another
};

}  // namespace exosim
