// Seeded pseudo-random words: the only source of randomness. std::mt19937_64 is fixed by the
// C++ standard, so a seed gives the same words on every host.
#pragma once

#include <cstdint>
#include <random>

namespace exosim {

/// A stream of words determined by its seed.
class Random {
 public:
  explicit Random(uint64_t seed) : engine_(seed) {}

  uint32_t word() { return static_cast<uint32_t>(engine_() >> 32); }
  uint64_t double_word() { return engine_(); }
  /// Uniform in [0, bound), bound > 0, up to the bias of a 64-bit remainder.
  uint32_t below(uint32_t bound) { return static_cast<uint32_t>(engine_() % bound); }

 private:
  std::mt19937_64 engine_;
};

}  // namespace exosim
