// What tells one processor of the family from another, and what is fixed at its reset.
#pragma once

#include <cstdint>

#include "isa/machine/cp0.h"
#include "sim/cpu/cache.hpp"
#include "sim/cpu/fpu/fpu.hpp"

namespace exosim {

/// What a store of less than a word does to a word that the data cache holds.
enum class PartialStore : uint8_t { kMerge, kInvalidate };

/// Instructions after mtc0 to Status (and Cause, and EntryHi) that its effects do not reach yet; at
/// most Cp0Shadows::kCount.
struct EffectDistances {
  unsigned interrupts = 1;
  unsigned coprocessors = 0;
  unsigned caches = 0;
  unsigned fetches = 0;  // of EntryHi.ASID
};

struct CpuModel {
  uint32_t prid = PRID_R3000;  // one of PRID_... of isa/machine/cp0.h
  CacheGeometry instruction_cache;
  CacheGeometry data_cache;
  PartialStore partial_store = PartialStore::kMerge;
  EffectDistances effects;
  FpuConfig fpu;
};

}  // namespace exosim
