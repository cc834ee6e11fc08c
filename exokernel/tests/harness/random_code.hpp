// Words at random for tests of downloaded code.
#pragma once

#include "exokernel/tests/harness/random.hpp"
#include "isa/insn_info.hpp"
#include "isa/operands.hpp"

namespace test {

/// A word of any row, or, seldom, any word; registers mostly of those that code may use; a branch
/// goes forward, by less than `room` words.
inline uint32_t random_word(Random& random, uint32_t room) {
  constexpr uint32_t kRows = exosim::isa::kInsnInfo.size();
  if (random.below(16) == 0) return random.next();
  const exosim::isa::InsnInfo& row = exosim::isa::kInsnInfo[random.below(kRows)];
  const uint32_t bits = random.below(32) == 0 ? random.next() : random.next() & 0xfdef7fff;
  uint32_t word = row.encoding.match | (bits & operand_bits(row.form) & ~row.encoding.mask);
  if (row.op_class == exosim::isa::OpClass::kBranch)
    word = (word & 0xffff0000) | random.below(room);
  return word;
}

}  // namespace test
