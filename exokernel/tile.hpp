// Tiles of the frame buffer: who owns which. Binding pixels is everyone's (framebuffer.hpp); which
// of them an environment may then write the device decides, by what stands here.
#pragma once

#include <cstdint>

#include "exokernel/abi/exposed.hpp"
#include "exokernel/capability.hpp"
#include "exokernel/framebuffer.hpp"

namespace aegis {

struct Environment;

/// Most tiles that the kernel can keep account of.
inline constexpr uint32_t kTilesMax = 512;
extern exo::TileRecord tiles[kTilesMax];

/// Counts the tiles for the quotas, and lets everyone read who owns which.
void tiles_start();
inline bool is_tile(uint32_t tile) { return tile < framebuffer.tiles; }
Proof& tile_proof(uint32_t tile);
/// Frees some tiles of an environment that ends. False when it has none left.
bool tiles_remove_some(const Environment& environment);
/// Takes tiles from an environment by force, the last ones first. Returns how many. What is on them
/// stays there until they are another's.
uint32_t tiles_repossess(Environment& environment, uint32_t count);

}  // namespace aegis
