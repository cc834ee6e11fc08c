// Random calls about tiles of the frame buffer.
#include "exokernel/tests/random_calls/devices.hpp"
#include "exokernel/tests/random_calls/tables.hpp"

namespace model {
namespace {

uint32_t tile_count() { return exo::info().framebuffer.tiles; }

uint32_t first_free_tile() {
  uint32_t tile = 0;
  while (tile < tile_count() && tiles[tile].owner != 0) ++tile;
  return tile;
}

/// Mostly one of the caller's.
uint32_t random_tile() {
  uint32_t tile = random(tile_count());
  for (unsigned tries = 0; tiles[tile].owner != self() && tries < 4; ++tries)
    tile = random(tile_count());
  return tile;
}

Attempt attempt_tile(uint32_t tile) { return attempt(tiles[tile].newest, tiles[tile].owner != 0); }

uint32_t allocation_error(uint32_t tile, bool any, uint32_t access) {
  if (access > EXO_TILE_PUBLIC) return EXO_ERROR_BAD_ARGUMENT;
  if (tile >= tile_count()) return any ? EXO_ERROR_LIMIT : EXO_ERROR_BAD_ARGUMENT;
  if (tiles[tile].owner != 0) return EXO_ERROR_BUSY;
  return quota_error(slot_of(self()), EXO_RESOURCE_TILES, 1);
}

void allocate() {
  const bool any = random(2) == 0;
  const uint32_t tile = any ? first_free_tile() : random(tile_count() + 1);
  const uint32_t access = random(16) == 0 ? 2 : random(2);
  const exo::CallResult result = CALL(tile_alloc, any ? EXO_TILE_ANY : tile, access);
  EXPECT(result, allocation_error(tile, any, access));
  if (!result.ok()) return;
  CHECK(static_cast<uint32_t>(result.value) == tile);
  tiles[tile].owner = static_cast<uint16_t>(self());
  tiles[tile].access = static_cast<uint16_t>(access);
  replace(tiles[tile].newest, result.capability());
  charge(self(), EXO_RESOURCE_TILES, 1);
}

uint32_t parting_with_tile_error(uint32_t tile, const Attempt& with) {
  if (const uint32_t error = with.error(EXO_RIGHT_FREE)) return error;
  return tiles[tile].owner == self() ? 0 : EXO_ERROR_NOT_OWNER;
}

void deallocate() {
  const uint32_t tile = random_tile();
  const Attempt with = attempt_tile(tile);
  const exo::CallResult result = CALL(tile_dealloc, with.capability);
  EXPECT(result, parting_with_tile_error(tile, with));
  if (result.ok()) free_tile(tile);
}

void give() {
  const uint32_t tile = random_tile();
  const uint32_t to = random_slot();
  const Attempt with = attempt_tile(tile), receiver = attempt_environment(to);
  const exo::CallResult result = CALL(tile_give, with.capability, receiver.capability);
  uint32_t error = parting_with_tile_error(tile, with);
  if (error == 0) error = receiver.error(EXO_RIGHT_WRITE);
  if (error == 0) error = quota_transfer_error(slot_of(self()), to, EXO_RESOURCE_TILES);
  EXPECT(result, error);
  if (!result.ok()) return;
  charge(tiles[tile].owner, EXO_RESOURCE_TILES, -1);
  tiles[tile].owner = slots[to].id;
  replace(tiles[tile].newest, {});
  charge(tiles[tile].owner, EXO_RESOURCE_TILES, 1);
}

}  // namespace

void free_tile(uint32_t tile) {
  charge(tiles[tile].owner, EXO_RESOURCE_TILES, -1);
  tiles[tile].owner = tiles[tile].access = 0;
  replace(tiles[tile].newest, {});
}

const Call kTileCalls[] = {allocate, allocate, deallocate, give, give, nullptr};

}  // namespace model
