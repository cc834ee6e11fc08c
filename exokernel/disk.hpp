// The disk as a resource: requests to move blocks of an extent from or to a page are authorised
// once, by capabilities for both, and queued; the disk carries them out one after the other. Before
// a page or an extent changes hands, what is queued for it is cancelled.
#pragma once

#include <cstdint>

#include "exokernel/abi/exposed.hpp"
#include "exokernel/boot_info.hpp"
#include "isa/machine/cp0.h"

namespace aegis {

struct Environment;

/// Requests that can be queued at a time.
inline constexpr uint32_t kDiskSlots = 32;

struct alignas(PAGE_SIZE) RequestTable {
  exo::RequestRecord of[kDiskSlots];
};
extern RequestTable disk_requests;

/// Blocks that the kernel uses: its map of them has to be in memory.
inline constexpr uint32_t kDiskBlocksMax = 1 << 20;

/// Blocks of a disk that can be allocated; 0 if there is none, or none with an interrupt line.
uint32_t disk_blocks(const DeviceEntry& device);
/// How its blocks lie: all 0 without a disk.
struct DiskShape {
  uint32_t blocks, heads, sectors;
};
DiskShape disk_shape();
/// Begins to use it, if the machine has one.
void disk_start(const DeviceEntry& device);
/// Looks whether the disk is through with a request, and gives it the next one.
void disk_serve();
/// Cancels every request about a page, but those of the environment `keeper` (null: all). When it
/// returns, none of them will touch the page again.
void disk_cancel_page(uint32_t pfn, const Environment* keeper);
/// The same for requests about an extent. A block that is just being written is written to its end,
/// before anything that is asked later.
void disk_cancel_extent(uint32_t extent, const Environment* keeper);
/// Cancels every request of an environment that ends.
void disk_cancel_owner(const Environment& environment);
/// Cancels requests of an environment by force, those queued last first. Returns how many.
uint32_t disk_repossess(Environment& environment, uint32_t count);

}  // namespace aegis
