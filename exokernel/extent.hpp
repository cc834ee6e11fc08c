// Extents: ranges of blocks of the disk, each with one owner, who has chosen where it lies. Which
// there are stands in a table that everyone may read, what makes their capabilities genuine in one
// that nobody may.
#pragma once

#include <cstdint>

#include "exokernel/abi/exposed.hpp"
#include "exokernel/capability.hpp"
#include "isa/machine/cp0.h"

namespace aegis {

struct Environment;

inline constexpr uint32_t kExtents = 256;

struct alignas(PAGE_SIZE) ExtentTable {
  exo::ExtentRecord of[kExtents];
};
extern ExtentTable extents;

/// The disk has so many blocks that can be allocated.
void extents_start(uint32_t blocks);
inline exo::ExtentRecord& extent_record(uint32_t index) { return extents.of[index]; }
/// True for the index of an extent that belongs to somebody.
bool is_extent(uint32_t index);
Proof& extent_proof(uint32_t index);
/// All extents of an environment that ends. Their blocks become free later, in extents_clean.
void extents_end(const Environment& environment);
/// Forgets the blocks of one extent whose owner has ended. To be called between slices.
void extents_clean();

}  // namespace aegis
