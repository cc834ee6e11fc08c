// Saving pages that are taken by force, and the list of those that wait for the disk: kernel's
// pages, linked by their records.
#include "exokernel/page_save.hpp"

#include <cstring>

#include "exokernel/abi/syscalls.h"
#include "exokernel/binding.hpp"
#include "exokernel/cache.hpp"
#include "exokernel/disk.hpp"
#include "exokernel/environment.hpp"
#include "exokernel/extent.hpp"
#include "exokernel/page.hpp"
#include "isa/markers.h"

namespace aegis {
namespace {

constexpr uint32_t kBlocks = PAGE_SIZE / EXO_BLOCK_SIZE;  // of a page
constexpr uint32_t kBlockMask = (1 << EXO_SAVED_EXTENT_SHIFT) - 1;
static_assert(EXO_EXTENT_MAX - 1 == kBlockMask);

/// Pages that wait for the disk, but for those of one step of a revocation (ours): giving back the
/// extent that they go to must not take long.
constexpr uint32_t kWaitingMax = 64;

uint32_t first = kNoPage, last = kNoPage;
uint32_t waiting;

/// The next page that the owner has named to receive state, which it does once. 0 if there is none.
uint32_t take_named_page(Environment& environment, uint32_t pfn) {
  for (uint32_t& named : environment.context->save_pages) {
    const uint32_t to = named;
    if (to == 0 || !is_page(to) || page_record(to).owner != environment.id || to == pfn ||
        to == page_at(reinterpret_cast<uintptr_t>(environment.context)))
      continue;
    named = 0;
    return to;
  }
  return 0;
}

/// The same for the next blocks. Returns EXO_SAVED_ON_DISK and where, or 0.
uint32_t take_named_blocks(Environment& environment) {
  exo::Context& context = *environment.context;
  const uint32_t extent = context.save_extent, block = context.save_block;
  if (context.save_left == 0 || !is_extent(extent)) return 0;
  const exo::ExtentRecord& record = extent_record(extent);
  if (record.owner != environment.id || record.blocks < kBlocks || block > record.blocks - kBlocks)
    return 0;
  context.save_block = block + kBlocks;
  --context.save_left;
  return EXO_SAVED_ON_DISK | (extent << EXO_SAVED_EXTENT_SHIFT) | block;
}

/// The data cache may have words older than those that a device has written.
void copy(uint32_t from, uint32_t to) {
  data_cache_forget(page_address(from), PAGE_SIZE);
  std::memcpy(reinterpret_cast<void*>(page_address(to)),
              reinterpret_cast<const void*>(page_address(from)), PAGE_SIZE);
}

/// At the end of the list.
void queue(uint32_t pfn, uint32_t where) {
  page_transfer(pfn, exo::kOwnerKernel);
  frame(pfn).bound = where;
  page_record(pfn).next = kNoPage;
  if (first == kNoPage)
    first = pfn;
  else
    page_record(last).next = pfn;
  last = pfn;
  ++waiting;
  disk_serve();
}

PageSave save_of(uint32_t pfn) {
  const uint32_t where = frame(pfn).bound & ~uint32_t{EXO_SAVED_ON_DISK};
  return {.pfn = pfn, .extent = where >> EXO_SAVED_EXTENT_SHIFT, .block = where & kBlockMask};
}

}  // namespace

uint32_t page_take_and_save(Environment& environment, uint32_t pfn) {
  break_bindings(pfn);
  const uint32_t page = take_named_page(environment, pfn);
  if (page != 0) copy(pfn, page);
  const uint32_t blocks = page == 0 ? take_named_blocks(environment) : 0;
  if (blocks != 0)
    queue(pfn, blocks);
  else
    page_release(pfn);
  return page | blocks;
}

bool page_saves_must_wait(const Environment& environment) {
  return waiting >= kWaitingMax && environment.context->save_left != 0;
}

bool has_page_saves() { return first != kNoPage; }

PageSave first_page_save() { return save_of(first); }

void page_save_remove_first() {
  const uint32_t pfn = first;
  first = page_record(pfn).next;
  --waiting;
  page_release(pfn);
}

void page_saves_cancel(uint32_t extent) {
  uint32_t before = kNoPage;
  for (uint32_t pfn = first; pfn != kNoPage;) {
    const uint32_t next = page_record(pfn).next;
    if (save_of(pfn).extent != extent) {
      before = pfn;
    } else {
      (before == kNoPage ? first : page_record(before).next) = next;
      --waiting;
      page_release(pfn);
    }
    pfn = next;
  }
  last = before;
}

}  // namespace aegis
