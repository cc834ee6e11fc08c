// The table of frames, its lists, and the calls on pages.
#include "exokernel/page.hpp"

#include "exokernel/abi/errors.h"
#include "exokernel/abi/syscalls.h"
#include "exokernel/binding.hpp"
#include "exokernel/call_frame.h"
#include "exokernel/capability.hpp"
#include "exokernel/environment.hpp"
#include "isa/machine/cp0.h"
#include "isa/markers.h"

namespace aegis {

FrameTable frame_table;

namespace {

uint32_t free_count;
uint32_t first_of_owner[kEnvironmentMax + 1];  // the free list is that of owner 0

void link(uint32_t pfn, uint16_t owner) {
  Frame& page = frame(pfn);
  page.owner = owner;
  page.previous = kNoPage;
  page.next = first_of_owner[owner];
  if (page.next != kNoPage) frame(page.next).previous = pfn;
  first_of_owner[owner] = pfn;
  if (owner == kFree) ++free_count;
}

void unlink(uint32_t pfn) {
  Frame& page = frame(pfn);
  if (page.previous != kNoPage)
    frame(page.previous).next = page.next;
  else
    first_of_owner[page.owner] = page.next;
  if (page.next != kNoPage) frame(page.next).previous = page.previous;
  if (page.owner == kFree) --free_count;
}

[[gnu::noinline]] void zero_page(uint32_t pfn) {
  EXO_DOMAIN("protection");
  auto* word = reinterpret_cast<uint32_t*>(page_address(pfn));
#pragma GCC unroll 16
  for (unsigned index = 0; index < PAGE_SIZE / sizeof(uint32_t); ++index) word[index] = 0;
}

}  // namespace

uint32_t frame_table_bytes(uint32_t count) { return count * sizeof(Frame); }

void pages_start(uint32_t count, uintptr_t table) {
  frame_table = {.frames = reinterpret_cast<Frame*>(table), .count = count};
  for (uint32_t& first : first_of_owner) first = kNoPage;
  for (uint32_t pfn = 0; pfn < count; ++pfn)
    frame(pfn) = {.generation = 0,
                  .owner = kKernel,
                  .last_owner = kKernel,
                  .next = kNoPage,
                  .previous = kNoPage,
                  .bound_hi = 0,
                  .guarantees = 0,
                  .bindings = Bindings::kNone,
                  .checked_rights = 0,
                  .check = {0, 0}};
}

uint32_t free_page_count() { return free_count; }

void page_take(uint32_t pfn, uint16_t owner) {
  Frame& page = frame(pfn);
  unlink(pfn);
  if (owner == kKernel)
    page.owner = kKernel;
  else
    link(pfn, owner);
  if (page.last_owner != owner || owner == kKernel) zero_page(pfn);
  page.last_owner = owner;
}

uint32_t page_take_any(uint16_t owner) {
  const uint32_t pfn = first_of_owner[kFree];
  if (pfn != kNoPage) page_take(pfn, owner);
  return pfn;
}

void page_assign(uint32_t pfn, uint16_t owner) {
  link(pfn, owner);
  frame(pfn).last_owner = owner;
}

void page_release(uint32_t pfn) {
  Frame& page = frame(pfn);
  if (page.owner != kKernel) unlink(pfn);
  ++page.generation;
  page.checked_rights = 0;
  link(pfn, kFree);
}

uint32_t first_page_of(uint16_t owner) { return first_of_owner[owner]; }

extern "C" void sys_page_alloc(CallFrame& call) {
  EXO_DOMAIN("multiplexing");
  const uint16_t caller = current_environment().id;
  uint32_t pfn = call.a[0];
  if (pfn == EXO_PAGE_ANY) {
    pfn = first_page_of(kFree);
    if (pfn == kNoPage) return call.fail(EXO_ERROR_NO_MEMORY);
  } else {
    if (!is_page(pfn)) return call.fail(EXO_ERROR_BAD_ARGUMENT);
    if (frame(pfn).owner != kFree) return call.fail(EXO_ERROR_BUSY);
  }
  page_take(pfn, caller);
  call.succeed(pfn, page_capability(pfn, EXO_RIGHT_ALL));
}

extern "C" void sys_page_dealloc(CallFrame& call) {
  EXO_DOMAIN("multiplexing");
  const exo::Capability capability{{call.a[0], call.a[1], call.a[2]}};
  if (const uint32_t error = check_page_capability(capability, EXO_RIGHT_FREE))
    return call.fail(error);
  const Environment& caller = current_environment();
  const uint32_t pfn = capability.index();
  if (frame(pfn).owner != caller.id) return call.fail(EXO_ERROR_NOT_OWNER);
  if (caller.guarantees_page(pfn)) return call.fail(EXO_ERROR_BUSY);
  break_bindings(pfn);
  page_release(pfn);
  call.succeed(0);
}

extern "C" void sys_page_capability(CallFrame& call) {
  EXO_DOMAIN("protection");
  const uint32_t pfn = call.a[0];
  const uint32_t rights = call.a[1];
  if (!is_page(pfn) || rights == 0 || (rights & ~uint32_t{EXO_RIGHT_ALL}) != 0)
    return call.fail(EXO_ERROR_BAD_ARGUMENT);
  if (frame(pfn).owner != current_environment().id) return call.fail(EXO_ERROR_NOT_OWNER);
  call.succeed(pfn, page_capability(pfn, rights));
}

}  // namespace aegis
