// A fault that the user puts into the machine: wrong parity of a word in a cache, at a given cycle.
#pragma once

#include <cstdint>

#include "sim/base/types.hpp"

namespace exosim {

enum class CacheName : uint8_t { kInstruction, kData };

/// Without effect if the cache does not hold the word then: hardware that is not read is not found
/// broken.
struct ParityFault {
  CacheName cache = CacheName::kData;
  PhysAddr address;  // of the word, or of a byte in it
  Cycles at;
};

}  // namespace exosim
