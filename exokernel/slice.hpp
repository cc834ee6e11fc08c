// The processor as a resource: a linear vector of slices, walked round and round.
#pragma once

#include <cstdint>

namespace aegis {

struct Environment;

/// Length of the slice vector.
inline constexpr unsigned kSlicePositions = 1024;

inline constexpr uint32_t kNoSlice = 0xffffffff;

/// Gives an environment the first free position and returns it. kNoSlice if there is none.
uint32_t slices_add(const Environment& environment);
/// How many positions there are, for the quotas.
void slices_start();
/// Takes positions from an environment by force. Returns how many.
uint32_t slices_repossess(Environment& environment, uint32_t count);
/// Frees all positions of an environment.
void slices_remove(const Environment& environment);
/// Starts the next slice of the vector. Some environment must run.
[[noreturn]] void slice_run_next();

}  // namespace aegis
