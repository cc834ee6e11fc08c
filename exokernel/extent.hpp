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

inline constexpr uint32_t kNoExtent = 0xffffffff;

struct alignas(PAGE_SIZE) ExtentTable {
  exo::ExtentRecord of[kExtents];
};
extern ExtentTable extents;

/// The disk has so many blocks that can be allocated.
void extents_start(uint32_t blocks);
inline exo::ExtentRecord& extent_record(uint32_t index) { return extents.of[index]; }
/// True for the index of an extent.
bool is_extent(uint32_t index);
Proof& extent_proof(uint32_t index);
/// Takes an extent of an environment that ends. False if it has none.
bool extent_reclaim(const Environment& environment);
/// Takes blocks from an environment by force, from the end of the last of its extents. Returns how
/// many.
uint32_t extent_repossess(Environment& environment, uint32_t count);

}  // namespace aegis
