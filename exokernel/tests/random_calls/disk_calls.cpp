// Random calls about the disk: extents, and requests to their blocks.
#include "exokernel/tests/random_calls/devices.hpp"
#include "exokernel/tests/random_calls/tables.hpp"

namespace model {
namespace {

constexpr uint32_t kLongest = 12;  // blocks of an extent

uint32_t first_free_extent() {
  uint32_t index = 0;
  while (index < kExtents && extents[index].owner != 0) ++index;
  return index;
}

bool overlaps(uint32_t first, uint32_t blocks) {
  for (const Extent& extent : extents)
    if (extent.owner != 0 && first < extent.first + extent.blocks && extent.first < first + blocks)
      return true;
  return false;
}

void allocate() {
  const uint32_t index = first_free_extent();
  if (index == kExtents) return;  // the next one is no longer the model's
  const uint32_t first = random(kBlocks);
  const uint32_t blocks = 1 + random(kBlocks - first < kLongest ? kBlocks - first : kLongest);
  if (random(16) == 0) {
    const exo::CallResult result =
        CALL(extent_alloc, exo::info().disk_blocks - random(2), random(2) * (blocks + 1));
    return EXPECT(result, EXO_ERROR_BAD_ARGUMENT);
  }
  const exo::CallResult result = CALL(extent_alloc, kFirstBlock + first, blocks);
  EXPECT(result, overlaps(first, blocks)
                     ? uint32_t{EXO_ERROR_BUSY}
                     : quota_error(slot_of(self()), EXO_RESOURCE_BLOCKS, blocks));
  if (!result.ok()) return;
  CHECK(static_cast<uint32_t>(result.value) == index);
  extents[index].owner = static_cast<uint16_t>(self());
  extents[index].first = static_cast<uint16_t>(first);
  extents[index].blocks = static_cast<uint16_t>(blocks);
  replace(extents[index].newest, result.capability());
  charge(self(), EXO_RESOURCE_BLOCKS, static_cast<int32_t>(blocks));
}

/// Mostly one that there is, and the caller's own rather than others'.
uint32_t random_extent(bool is_own) {
  uint32_t index = random(kExtents);
  for (unsigned tries = 0; tries < 8; ++tries) {
    if (extents[index].owner != 0 && (!is_own || extents[index].owner == self())) break;
    index = random(kExtents);
  }
  return index;
}

Attempt attempt_extent(uint32_t index) {
  return attempt(extents[index].newest, extents[index].owner != 0);
}

void deallocate() {
  const uint32_t index = random_extent(true);
  const Attempt with = attempt_extent(index);
  const exo::CallResult result = CALL(extent_dealloc, with.capability);
  uint32_t error = with.error(EXO_RIGHT_FREE);
  if (error == 0 && extents[index].owner != self()) error = EXO_ERROR_NOT_OWNER;
  EXPECT(result, error);
  if (result.ok()) take_blocks(index, extents[index].blocks);
}

struct Wanted {
  uint32_t extent, page, block, count, offset;
  bool is_write;
};

/// Before the queue is looked at.
uint32_t request_error(const Wanted& wanted, const Attempt& extent, const Attempt& page) {
  if (wanted.offset + wanted.count * EXO_BLOCK_SIZE > PAGE_SIZE || wanted.count == 0)
    return EXO_ERROR_BAD_ARGUMENT;
  if (const uint32_t error = extent.error(wanted.is_write ? EXO_RIGHT_WRITE : EXO_RIGHT_READ))
    return error;
  const uint32_t rights = wanted.is_write ? 0 : EXO_RIGHT_WRITE;
  if (const uint32_t error = page.error(EXO_RIGHT_READ | rights)) return error;
  const bool is_inside = wanted.block + wanted.count <= extents[wanted.extent].blocks;
  return is_inside ? 0 : EXO_ERROR_BAD_ARGUMENT;
}

/// Whether any of the blocks is in this state.
bool has_block(const Wanted& wanted, Readable state) {
  const uint32_t first = extents[wanted.extent].first + wanted.block;
  for (uint32_t block = first; block < first + wanted.count; ++block)
    if (readable[block] == state) return true;
  return false;
}

void note_request(const Wanted& wanted, const exo::CallResult& result) {
  const uint32_t first = extents[wanted.extent].first + wanted.block;
  requests.add(result, {.owner = static_cast<uint16_t>(self()),
                        .page = static_cast<uint16_t>(wanted.page),
                        .other_page = static_cast<uint16_t>(wanted.page),
                        .extent = static_cast<uint16_t>(wanted.extent),
                        .block = static_cast<uint16_t>(first),
                        .count = static_cast<uint16_t>(wanted.count),
                        .is_write = wanted.is_write});
  for (uint32_t block = first; wanted.is_write && block < first + wanted.count; ++block)
    if (readable[block] == Readable::kNo) readable[block] = Readable::kPerhaps;
}

Wanted random_request() {
  const uint32_t extent = random_extent(false);
  const uint32_t blocks = extents[extent].blocks;
  return {.extent = extent,
          .page = random_page(),
          .block = blocks == 0 ? 0 : random(blocks),
          .count = random(4),
          .offset = random(PAGE_SIZE / EXO_BLOCK_SIZE) * EXO_BLOCK_SIZE,
          .is_write = random(2) == 0};
}

void transfer() {
  const Wanted wanted = random_request();
  if (!wanted.is_write && is_context(wanted.page)) return;
  const Attempt extent = attempt_extent(wanted.extent), page = attempt(wanted.page);
  const uint32_t flags =
      (wanted.is_write ? EXO_DISK_WRITE : 0) | (random(2) == 0 ? EXO_DISK_TELL : 0);
  requests.look();
  const uint32_t error = request_error(wanted, extent, page);
  const uint32_t quota = quota_error(slot_of(self()), EXO_RESOURCE_REQUESTS, 1);
  const uint32_t occupied = requests.occupied();
  const exo::CallResult result =
      CALL(disk_transfer, extent.capability, page.capability, wanted.block,
           wanted.offset | flags | (wanted.count << EXO_DISK_COUNT_SHIFT));
  if (error != 0) return EXPECT(result, error);
  if (!wanted.is_write && has_block(wanted, Readable::kNo))
    return EXPECT(result, EXO_ERROR_NOT_WRITTEN);
  if (!wanted.is_write && test::refused(result, EXO_ERROR_NOT_WRITTEN)) {
    CHECK(has_block(wanted, Readable::kPerhaps));
    return;
  }
  requests.expect(result, quota, occupied, __LINE__);
  if (result.ok()) note_request(wanted, result);
}

}  // namespace

void take_blocks(uint32_t index, uint32_t count) {
  Extent& extent = extents[index];
  end_queued_of_extent(index, 0);
  charge(extent.owner, EXO_RESOURCE_BLOCKS, -static_cast<int32_t>(count));
  extent.blocks = static_cast<uint16_t>(extent.blocks - count);
  for (uint32_t block = 0; block < count; ++block)
    readable[extent.first + extent.blocks + block] = Readable::kNo;
  if (extent.blocks != 0) return;
  extent.owner = 0;
  replace(extent.newest, {});
}

const Call kDiskCalls[] = {allocate, deallocate, transfer, transfer, transfer, nullptr};

}  // namespace model
