// Random programs of user-level integer instructions whose result the MIPS I architecture defines
// completely, so that a processor with load interlocks and one without must agree on it.
#pragma once

#include <array>
#include <cstddef>
#include <cstdint>
#include <vector>

#include "isa/insn.hpp"

namespace exosim::differential {

/// Registers of the machinery around a program, which it neither reads nor writes.
inline constexpr unsigned kScratchRegister = 26;  // k0
inline constexpr unsigned kRecordRegister = 27;   // k1

/// Bytes of memory that a program loads and stores.
inline constexpr uint32_t kDataSize = 256;

/// Where a program stands.
struct Placement {
  uint32_t entry = 0;  // address of its first word
  uint32_t exit = 0;   // address to which it jumps in the end, in the same 256 MiB region
  uint32_t data = 0;   // address of its memory, word aligned
};

/// Code and initial state. It ends in `j exit; nop`.
struct RandomProgram {
  uint64_t seed = 0;
  Placement placement;
  std::vector<isa::Word> words;
  std::array<uint32_t, 32> gpr{};
  uint32_t hi = 0;
  uint32_t lo = 0;
  std::array<uint8_t, kDataSize> data{};
};

/// The most words that a program may have.
inline constexpr size_t kMaxProgramWords = 512;

/// The program of a seed. What it promises: it ends; no exception; no load result is read in its
/// delay slot; no branch in a delay slot; no divisor of 0; two instructions between mfhi or mflo
/// and what next changes HI or LO.
RandomProgram make_random_program(uint64_t seed, const Placement& placement);

}  // namespace exosim::differential
