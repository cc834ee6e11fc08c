// Machine code that tests write themselves.
#pragma once

#include <initializer_list>

#include "exokernel/tests/harness/harness.hpp"
#include "isa/encoder.hpp"
#include "isa/machine/registers.h"

namespace test {

using exosim::isa::encode;
using exosim::isa::kNop;
using exosim::isa::Word;

inline constexpr Word kReturn = encode<"jr">(REG_RA);

using Code = std::initializer_list<Word>;

/// Stores code to memory.
inline void write_code(uint32_t address, Code code) {
  for (const Word word : code) {
    word_at(address) = word.bits;
    address += sizeof(uint32_t);
  }
}

/// Calls what is there.
inline uint32_t call_code(uint32_t address) { return reinterpret_cast<uint32_t (*)()>(address)(); }

/// Code that returns a value.
inline void write_constant(uint32_t address, uint32_t value) {
  write_code(address, {kReturn, encode<"ori">(REG_V0, 0, value)});
}

}  // namespace test
