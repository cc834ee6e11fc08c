// Random numbers for tests: the same in every run.
#pragma once

#include <cstdint>

namespace test {

/// xorshift32 (G. Marsaglia, Journal of Statistical Software, 2003).
class Random {
 public:
  constexpr explicit Random(uint32_t seed) : state_(seed) {}

  uint32_t next() {
    state_ ^= state_ << 13;
    state_ ^= state_ >> 17;
    state_ ^= state_ << 5;
    return state_;
  }
  /// Less than `limit`.
  uint32_t below(uint32_t limit) { return next() % limit; }

 private:
  uint32_t state_;
};

}  // namespace test
