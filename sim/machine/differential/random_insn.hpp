// Single random instructions under the rules of random_program.hpp. Registers have roles, so that
// the rules hold on every path through a program.
#pragma once

#include <array>
#include <cstdint>

#include "isa/insn.hpp"
#include "sim/base/random.hpp"

namespace exosim::differential {

inline constexpr unsigned kFirstSmall = 16;  // s0..s3 hold values that add without overflow
inline constexpr unsigned kLastSmall = 19;
inline constexpr uint32_t kSmallLimit = 1u << 30;  // small: in [-kSmallLimit, kSmallLimit)
inline constexpr unsigned kDivisor = 25;
inline constexpr unsigned kUnalignedBase = 28;  // never written
inline constexpr unsigned kAlignedBase = 29;    // never written
inline constexpr unsigned kCounter = 30;        // written by loops only

/// A word, with the values at which arithmetic changes its mind more often than chance has them.
uint32_t random_value(Random& random);

class RandomInsn {
 public:
  explicit RandomInsn(Random& random) : random_(random) {}

  /// Anything but branches and what changes HI or LO.
  isa::Word simple();
  /// A multiplication, division or move to HI or LO, after two instructions that are none.
  std::array<isa::Word, 3> hi_lo_group();
  /// With a displacement of 0.
  isa::Word conditional_branch();
  /// A register for any result.
  uint32_t destination();

 private:
  uint32_t source();
  uint32_t small() { return kFirstSmall + random_.below(kLastSmall - kFirstSmall + 1); }
  uint32_t immediate();
  isa::Word arithmetic();
  isa::Word immediate_arithmetic();
  isa::Word trapping_arithmetic();
  isa::Word shift();
  isa::Word small_result();
  isa::Word aligned_access();
  isa::Word unaligned_access();
  isa::Word divisor();
  isa::Word pick(const auto& rows, uint32_t a, uint32_t b, uint32_t c);

  Random& random_;
};

}  // namespace exosim::differential
