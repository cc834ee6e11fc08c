// Random revocations: units of every resource that can be taken, taken by force or returned.
#include "exokernel/tests/random_calls/devices.hpp"
#include "exokernel/tests/random_calls/tables.hpp"

namespace model {
namespace {

constexpr unsigned kRounds = 10;           // between slices, until all has been taken
constexpr uint32_t kLong = 1'000'000'000;  // cycles

bool is_queue(uint32_t resource) {
  return resource == EXO_RESOURCE_TRANSFERS || resource == EXO_RESOURCE_REQUESTS;
}

/// The kernel has taken pages, those with code when nothing else was left.
void note_pages(const Slot& slot) {
  for (uint32_t pfn = 0; pfn < page_count(); ++pfn) {
    Page& page = pages[pfn];
    const uint16_t owner = page_record(pfn).owner;
    if (page.owner == exo::kOwnerCode && page.code_owner == slot.id && owner != exo::kOwnerCode)
      take_code(pfn, {});
    if (page.owner != slot.id || owner == slot.id) continue;
    CHECK(owner == exo::kOwnerNone);
    become_free(pfn);
  }
}

/// The last positions.
void note_slices(const Slot& slot, uint32_t count) {
  for (uint32_t position = kPositions; position-- > 0 && count > 0;) {
    if (positions[position] != slot.id) continue;
    set_position(position, 0);
    --count;
  }
}

/// The last tiles.
void note_tiles(const Slot& slot, uint32_t count) {
  for (uint32_t tile = kTilesMax; tile-- > 0 && count > 0;) {
    if (tiles[tile].owner != slot.id) continue;
    free_tile(tile);
    --count;
  }
}

/// The ends of the last extents.
void note_blocks(const Slot& slot, uint32_t count) {
  for (uint32_t index = kExtents; index-- > 0 && count > 0;) {
    if (extents[index].owner != slot.id) continue;
    const uint32_t blocks = extents[index].blocks < count ? extents[index].blocks : count;
    take_blocks(index, blocks);
    count -= blocks;
  }
}

/// The newest code; its page stays.
void note_code(const Slot& slot, uint32_t count) {
  for (; count > 0; --count) {
    uint32_t newest = 0;
    for (uint32_t pfn = 1; pfn < page_count(); ++pfn)
      if (pages[pfn].owner == exo::kOwnerCode && pages[pfn].code_owner == slot.id &&
          (newest == 0 || pages[pfn].downloaded > pages[newest].downloaded))
        newest = pfn;
    CHECK(newest != 0);
    take_code(newest, {});
  }
}

void note_taken(const Slot& slot, uint32_t resource, uint32_t count) {
  switch (resource) {
    case EXO_RESOURCE_PAGES:
      return note_pages(slot);
    case EXO_RESOURCE_SLICES:
      return note_slices(slot, count);
    case EXO_RESOURCE_BLOCKS:
      return note_blocks(slot, count);
    case EXO_RESOURCE_TILES:
      return note_tiles(slot, count);
    case EXO_RESOURCE_CODE:
      return note_code(slot, count);
    default:
      transfers.look(true);
      requests.look(true);
  }
}

/// Why units cannot be revoked. What is queued may be over: then the kernel's own count says.
uint32_t revocation_error(uint32_t number, uint32_t resource, uint32_t count) {
  if (resource >= EXO_RESOURCE_COUNT || resource == EXO_RESOURCE_ENVIRONMENTS || count == 0)
    return EXO_ERROR_BAD_ARGUMENT;
  return count > above_minimum(number, resource) ? EXO_ERROR_LIMIT : 0;
}

/// The pages of players of the core are part of the test.
uint32_t random_victim(uint32_t resource) {
  if (resource != EXO_RESOURCE_PAGES) return random_slot();
  return kCore + 1 + random(kSlots - kCore);
}

/// Takes some by force; what the kernel guarantees to everyone is left.
void take() {
  const uint32_t resource = random(EXO_RESOURCE_COUNT + 1);
  const uint32_t number = random_victim(resource);
  Slot& slot = slots[number];
  if (slot.id == 0) return;
  const uint32_t count = random(4);
  const Attempt with = attempt(quota, true);
  uint32_t error = with.error(EXO_RIGHT_WRITE);
  if (error == 0) error = revocation_error(number, resource, count);
  const exo::CallResult result =
      CALL(revoke, with.capability, uint32_t{slot.id}, resource, count, 1u);
  if (is_queue(resource) && (error == 0 || error == EXO_ERROR_LIMIT))  // some may be over
    error = result.ok() ? 0 : EXO_ERROR_LIMIT;
  EXPECT(result, error);
  if (!result.ok()) return;
  for (unsigned round = 0; round < kRounds; ++round) let_kernel_work();
  note_taken(slot, resource, count);
}

/// The caller returns what is asked of it.
void return_slice() {
  const uint32_t resource = EXO_RESOURCE_SLICES, caller = slot_of(self());
  uint32_t last = kPositions;
  while (last > 0 && positions[last - 1] != self()) --last;
  if (above_minimum(caller, resource) == 0) return;
  EXPECT(CALL(revoke, quota, self(), resource, 1u, kLong), 0);
  EXPECT(CALL(revoke, quota, self(), resource, 1u, kLong), EXO_ERROR_BUSY);
  EXPECT(CALL(slice_dealloc, last - 1), 0);
  set_position(last - 1, 0);
  let_kernel_work();
  EXPECT(CALL(revoke, quota, self(), resource, kPositions, kLong), EXO_ERROR_LIMIT);
}

}  // namespace

const Call kRevocationCalls[] = {take, take, return_slice, nullptr};

}  // namespace model
