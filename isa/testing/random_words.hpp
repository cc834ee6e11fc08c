// Words of a row with random operands, for tests that go through every row.
#pragma once

#include <cstdint>
#include <random>

#include "isa/insn.hpp"
#include "isa/insn_info.hpp"
#include "isa/operands.hpp"

namespace exosim::isa {

/// Operands random, ignored bits zero: what an assembler makes.
inline Word random_canonical_word(const InsnInfo& insn, std::mt19937& random) {
  const auto bits = static_cast<uint32_t>(random());
  return {insn.encoding.match | (bits & operand_bits(insn.form) & ~insn.encoding.mask)};
}

/// All bits random that the encoding leaves open, the ignored ones too.
inline Word random_word(const InsnInfo& insn, std::mt19937& random) {
  const auto bits = static_cast<uint32_t>(random());
  return {insn.encoding.match | (bits & ~insn.encoding.mask)};
}

}  // namespace exosim::isa
