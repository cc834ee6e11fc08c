// The table of tiles, and the calls on them.
#include "exokernel/tile.hpp"

#include "exokernel/abi/errors.h"
#include "exokernel/abi/syscalls.h"
#include "exokernel/call_frame.h"
#include "exokernel/environment.hpp"
#include "exokernel/environment_end.hpp"
#include "exokernel/notice.hpp"
#include "exokernel/page.hpp"
#include "exokernel/quota.hpp"
#include "exokernel/repeated_call.hpp"
#include "exokernel/revocation.hpp"
#include "isa/devices/framebuffer.h"
#include "isa/markers.h"

namespace aegis {

alignas(PAGE_SIZE) exo::TileRecord tiles[kTilesMax];
static_assert(sizeof(tiles) % PAGE_SIZE == 0);
static_assert(EXO_TILE_PUBLIC == FRAMEBUFFER_ACCESS_PUBLIC);

namespace {

constexpr uint32_t kNoTile = 0xffffffff;

/// Tiles of an ending environment that become free at a time (ours): some 5,000 cycles.
constexpr uint32_t kTakenAtOnce = 32;

Proof proofs[kTilesMax];
uint32_t lowest;  // no tile below is free

/// The tile is an environment's: the device and the account are told.
void give(uint32_t tile, const Environment& owner) {
  exo::TileRecord& record = tiles[tile];
  record.owner = record.last_owner = owner.id;
  record.last_life = environment_record(owner.id).lives;
  framebuffer_set_owner(tile, scaled_id(owner.id), record.access);
  stock_remove(EXO_RESOURCE_TILES, 1);
  quota_take(owner.id, EXO_RESOURCE_TILES, 1);
}

/// The tile is nobody's. Old capabilities are void.
void take(uint32_t tile) {
  exo::TileRecord& record = tiles[tile];
  framebuffer_set_owner(tile, FRAMEBUFFER_KERNEL, 0);
  proofs[tile].renew();
  stock_add(EXO_RESOURCE_TILES, 1);
  quota_give_back(record.owner, EXO_RESOURCE_TILES, 1);
  record.owner = exo::kOwnerNone;
  record.access = 0;
  if (tile < lowest) lowest = tile;
}

uint32_t first_free() {
  while (lowest < framebuffer.tiles && tiles[lowest].owner != exo::kOwnerNone) ++lowest;
  return lowest < framebuffer.tiles ? lowest : kNoTile;
}

/// True if nobody else has had the tile since it was the environment's, so that what is on it may
/// stay.
bool was_last(const exo::TileRecord& record, const Environment& environment) {
  return record.last_owner == environment.id &&
         record.last_life == environment_record(environment.id).lives;
}

uint32_t own_tiles(const Environment& environment) {
  return quotas[environment.id].of[EXO_RESOURCE_TILES].own;
}

/// Checks that the caller may part with the tile of this capability. Returns 0 or an EXO_ERROR_.
uint32_t check_may_part_with(const exo::Capability& tile) {
  if (const uint32_t error = check_capability(tile, EXO_KIND_TILE, EXO_RIGHT_FREE)) return error;
  return tiles[tile.index()].owner == current_environment().id ? 0 : EXO_ERROR_NOT_OWNER;
}

}  // namespace

void tiles_start() {
  stock_add(EXO_RESOURCE_TILES, framebuffer.tiles);
  const auto begin = reinterpret_cast<uintptr_t>(tiles);
  pages_expose(begin, begin + sizeof tiles);
}

Proof& tile_proof(uint32_t tile) { return proofs[tile]; }

bool tiles_remove_some(const Environment& environment) {
  uint32_t tile = 0;
  for (uint32_t left = kTakenAtOnce; left > 0 && own_tiles(environment) != 0; ++tile) {
    if (tiles[tile].owner != environment.id) continue;
    take(tile);
    --left;
  }
  return own_tiles(environment) != 0;
}

uint32_t tiles_repossess(Environment& environment, uint32_t count) {
  EXO_DOMAIN("protection");
  uint32_t taken = 0;
  for (uint32_t tile = framebuffer.tiles; taken < count && tile-- > 0;) {
    if (tiles[tile].owner != environment.id) continue;
    take(tile);
    repossession_record(environment, EXO_RESOURCE_TILES, tile, 0);
    ++taken;
  }
  return taken;
}

namespace {

/// The tile that tile_alloc is to allocate. Returns 0, an EXO_ERROR_, or kAgain.
uint32_t find_free(uint32_t wanted, uint32_t& tile) {
  tile = wanted;
  if (wanted == EXO_TILE_ANY) {
    tile = first_free();
    if (tile != kNoTile) return 0;
    if (environments_reclaim()) return kAgain;
    note_refusal(current_environment().id, EXO_RESOURCE_TILES, 1);
    return EXO_ERROR_LIMIT;
  }
  if (!is_tile(wanted)) return EXO_ERROR_BAD_ARGUMENT;
  const uint16_t owner = tiles[wanted].owner;
  if (owner == exo::kOwnerNone) return 0;
  return is_environment(owner) ? EXO_ERROR_BUSY : unless_reclaimed(EXO_ERROR_BUSY);
}

}  // namespace

extern "C" void sys_tile_alloc(CallFrame& call) {
  EXO_DOMAIN("multiplexing");
  const Environment& caller = current_environment();
  const uint32_t access = call.a[1];
  if (framebuffer.tiles == 0) return call.fail(EXO_ERROR_NO_DEVICE);
  if ((access & ~uint32_t{EXO_TILE_PUBLIC}) != 0) return call.fail(EXO_ERROR_BAD_ARGUMENT);
  uint32_t tile;
  uint32_t error = find_free(call.a[0], tile);
  if (error == 0) error = quota_check(caller, EXO_RESOURCE_TILES, 1);
  if (error != 0) return refuse(call, exo::Syscall::k_tile_alloc, error);
  if (!was_last(tiles[tile], caller)) framebuffer_clear(tile);
  tiles[tile].access = static_cast<uint16_t>(access);
  give(tile, caller);
  call.succeed(tile, make_capability(EXO_KIND_TILE, EXO_RIGHT_ALL, tile, proofs[tile]));
}

extern "C" void sys_tile_dealloc(CallFrame& call) {
  EXO_DOMAIN("multiplexing");
  const exo::Capability tile{{call.a[0], call.a[1], call.a[2]}};
  if (const uint32_t error = check_may_part_with(tile)) return call.fail(error);
  take(tile.index());
  call.succeed(0);
}

extern "C" void sys_tile_give(CallFrame& call) {
  EXO_DOMAIN("multiplexing");
  const exo::Capability tile{{call.a[0], call.a[1], call.a[2]}};
  const exo::Capability receiver{{call.a[3], call.t[0], call.t[1]}};
  if (const uint32_t error = check_may_part_with(tile)) return call.fail(error);
  if (const uint32_t error = check_capability(receiver, EXO_KIND_ENVIRONMENT, EXO_RIGHT_WRITE))
    return call.fail(error);
  const Environment& environment = environment_slot(receiver.index());
  if (const uint32_t error =
          quota_check_transfer(current_environment(), &environment, EXO_RESOURCE_TILES))
    return refuse(call, exo::Syscall::k_tile_give, error);
  const uint16_t access = tiles[tile.index()].access;
  take(tile.index());
  tiles[tile.index()].access = access;
  give(tile.index(), environment);
  call.succeed(0);
}

}  // namespace aegis
