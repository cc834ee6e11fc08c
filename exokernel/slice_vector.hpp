// The processor as a resource: a linear vector of slices, walked round and round. A position is
// allocated like a page, by name or any; everyone may read the vector.
#pragma once

#include <cstdint>

#include "exokernel/abi/exposed.hpp"

namespace aegis {

struct Environment;

/// Length of the vector.
inline constexpr uint32_t kSlicePositions = 1024;
extern exo::SliceRecord slices[kSlicePositions];

/// Counts the positions for the quotas, and lets everyone read the vector.
void slices_start();
/// Positions from here on are free.
uint32_t slices_end();
/// Gives an environment the first free position, which there must be, and returns it.
uint32_t slices_add(const Environment& environment);
/// Frees all positions of an environment.
void slices_remove(const Environment& environment);
/// Takes positions from an environment by force, the last ones first. Returns how many.
uint32_t slices_repossess(Environment& environment, uint32_t count);

}  // namespace aegis
