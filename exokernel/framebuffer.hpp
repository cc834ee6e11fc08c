// The frame buffer: whom the device takes the processor to work for, and bindings of its pixels.
// The device checks each access, so anyone may bind any page of pixels. Whose a tile is: tile.hpp.
#pragma once

#include <cstdint>

#include "exokernel/abi/info.hpp"
#include "exokernel/boot_info.hpp"

namespace aegis {

struct Environment;

/// What everyone may know of it; all 0 if the machine has none that the kernel can use.
extern exo::InfoFramebuffer framebuffer;

/// Finds out what the machine has. Until then, and without one, there are no pixels and no tiles.
void framebuffer_start(const DeviceEntry& device);
/// To be called before the environment runs: the device must know for whom it is asked.
void framebuffer_follow(const Environment& environment);
/// Makes the device refuse a tile to everyone but `owner`, a scaled id or FRAMEBUFFER_KERNEL.
/// `access`: FRAMEBUFFER_ACCESS_...
void framebuffer_set_owner(uint32_t tile, uint32_t owner, uint32_t access);
/// Makes the pixels of a tile black.
void framebuffer_clear(uint32_t tile);

}  // namespace aegis
