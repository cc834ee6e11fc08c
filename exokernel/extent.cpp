// The table of extents, and the calls on them.
#include "exokernel/extent.hpp"

#include "exokernel/abi/errors.h"
#include "exokernel/abi/syscalls.h"
#include "exokernel/block_map.hpp"
#include "exokernel/call_frame.h"
#include "exokernel/disk.hpp"
#include "exokernel/environment.hpp"
#include "exokernel/page.hpp"
#include "exokernel/quota.hpp"
#include "exokernel/repeated_call.hpp"
#include "exokernel/revocation.hpp"
#include "isa/markers.h"

namespace aegis {

ExtentTable extents;

namespace {

Proof proofs[kExtents];
uint32_t block_count;  // 0 without a disk

bool overlap(const exo::ExtentRecord& extent, uint32_t first, uint32_t blocks) {
  return extent.owner != exo::kOwnerNone && first < extent.first + extent.blocks &&
         extent.first < first + blocks;
}

/// An entry of the table that is free. 0, or the EXO_ERROR_ that keeps these blocks from being
/// allocated.
uint32_t find_room(uint32_t first, uint32_t blocks, uint32_t& index) {
  index = kNoExtent;
  for (uint32_t other = kExtents; other-- > 0;) {
    const exo::ExtentRecord& extent = extents.of[other];
    if (extent.owner == exo::kOwnerNone)
      index = other;
    else if (overlap(extent, first, blocks))
      return EXO_ERROR_BUSY;
  }
  return index == kNoExtent ? EXO_ERROR_LIMIT : 0;
}

/// Takes the last blocks of an extent, all if there are not more, from its owner: what is on them
/// nobody may read.
void take(uint32_t index, uint32_t blocks) {
  exo::ExtentRecord& extent = extents.of[index];
  disk_cancel_extent(index, nullptr);
  quota_give_back(extent.owner, EXO_RESOURCE_BLOCKS, blocks);
  extent.blocks -= blocks;
  blocks_forget(extent.first + extent.blocks, blocks);
  stock_add(EXO_RESOURCE_BLOCKS, blocks);
  if (extent.blocks != 0) return;
  proofs[index].renew();
  extent = {};
}

/// The last of the table that belongs to the environment.
uint32_t last_of(const Environment& environment) {
  if (quotas[environment.id].of[EXO_RESOURCE_BLOCKS].own == 0) return kNoExtent;
  uint32_t index = kExtents - 1;
  while (extents.of[index].owner != environment.id) --index;
  return index;
}

}  // namespace

void extents_start(uint32_t blocks) {
  const auto begin = reinterpret_cast<uintptr_t>(&extents);
  pages_expose(begin, begin + sizeof extents);
  block_count = blocks;
  stock_add(EXO_RESOURCE_BLOCKS, blocks);
}

bool is_extent(uint32_t index) {
  return index < kExtents && extents.of[index].owner != exo::kOwnerNone;
}

Proof& extent_proof(uint32_t index) { return proofs[index]; }

bool extent_reclaim(const Environment& environment) {
  const uint32_t index = last_of(environment);
  if (index == kNoExtent) return false;
  take(index, extents.of[index].blocks);
  return true;
}

uint32_t extent_repossess(Environment& environment, uint32_t count) {
  const uint32_t index = last_of(environment);
  if (index == kNoExtent) return 0;
  const uint32_t blocks = extents.of[index].blocks < count ? extents.of[index].blocks : count;
  take(index, blocks);
  repossession_record(environment, EXO_RESOURCE_BLOCKS, index, 0);
  return blocks;
}

extern "C" void sys_extent_alloc(CallFrame& call) {
  EXO_DOMAIN("multiplexing");
  const uint32_t first = call.a[0], blocks = call.a[1];
  if (block_count == 0) return call.fail(EXO_ERROR_NO_DEVICE);
  if (blocks == 0 || blocks > EXO_EXTENT_MAX || first >= block_count ||
      blocks > block_count - first)
    return call.fail(EXO_ERROR_BAD_ARGUMENT);
  uint32_t index;
  if (const uint32_t error = find_room(first, blocks, index))
    return refuse(call, exo::Syscall::k_extent_alloc, unless_reclaimed(error));
  const Environment& caller = current_environment();
  if (const uint32_t error = quota_check(caller, EXO_RESOURCE_BLOCKS, blocks))
    return refuse(call, exo::Syscall::k_extent_alloc, error);
  extents.of[index] = {.first = first, .blocks = blocks, .owner = caller.id, .reserved = 0};
  stock_remove(EXO_RESOURCE_BLOCKS, blocks);
  quota_take(caller.id, EXO_RESOURCE_BLOCKS, blocks);
  call.succeed(index, make_capability(EXO_KIND_EXTENT, EXO_RIGHT_ALL, index, proofs[index]));
}

extern "C" void sys_extent_dealloc(CallFrame& call) {
  EXO_DOMAIN("multiplexing");
  const exo::Capability extent{{call.a[0], call.a[1], call.a[2]}};
  if (const uint32_t error = check_capability(extent, EXO_KIND_EXTENT, EXO_RIGHT_FREE))
    return call.fail(error);
  const uint32_t index = extent.index();
  if (extent_record(index).owner != current_environment().id) return call.fail(EXO_ERROR_NOT_OWNER);
  take(index, extent_record(index).blocks);
  call.succeed(0);
}

}  // namespace aegis
