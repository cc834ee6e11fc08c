// Main memory: what it holds at power-on.
#include "sim/bus/ram.hpp"

#include <algorithm>

namespace exosim {

namespace {

// The garbage repeats after a prime number of double words, so that no two pages look alike and
// large memories cost little to fill.
constexpr size_t kPatternDoubleWords = 4093;

}  // namespace

Ram::Ram(uint32_t size, Random random) : bytes_(size) {
  std::vector<uint64_t> pattern(kPatternDoubleWords);
  std::generate(pattern.begin(), pattern.end(), [&] { return random.double_word(); });
  const size_t pattern_bytes = pattern.size() * sizeof(uint64_t);
  for (size_t at = 0; at < bytes_.size(); at += pattern_bytes) {
    std::memcpy(&bytes_[at], pattern.data(), std::min(pattern_bytes, bytes_.size() - at));
  }
}

}  // namespace exosim
