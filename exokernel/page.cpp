// The tables of pages, their lists, and the calls on pages.
#include "exokernel/page.hpp"

#include "exokernel/abi/errors.h"
#include "exokernel/abi/syscalls.h"
#include "exokernel/binding.hpp"
#include "exokernel/cache.hpp"
#include "exokernel/call_frame.h"
#include "exokernel/capability.hpp"
#include "exokernel/downloaded_code.hpp"
#include "exokernel/environment.hpp"
#include "exokernel/environment_end.hpp"
#include "exokernel/guarantee.hpp"
#include "exokernel/notice.hpp"
#include "exokernel/page_save.hpp"
#include "exokernel/predicate.hpp"
#include "exokernel/quota.hpp"
#include "exokernel/repeated_call.hpp"
#include "exokernel/revocation.hpp"
#include "isa/machine/cp0.h"
#include "isa/markers.h"

namespace aegis {

PageTables page_tables;

SystemPage system_page;

namespace {

/// Of the first page of each environment's list.
uint32_t first_of_owner[kEnvironmentMax + 1];

uint32_t& first_of(uint16_t owner) {
  return owner == exo::kOwnerNone ? system_page.record.first_free_page : first_of_owner[owner];
}

bool has_list(uint16_t owner) { return owner <= kEnvironmentMax; }

void link(uint32_t pfn, uint16_t owner) {
  exo::PageRecord& page = page_record(pfn);
  page.owner = owner;
  if (!has_list(owner)) return;
  page.previous = kNoPage;
  page.next = first_of(owner);
  if (page.next != kNoPage) page_record(page.next).previous = pfn;
  first_of(owner) = pfn;
  if (owner == exo::kOwnerNone)
    stock_add(EXO_RESOURCE_PAGES, 1);
  else
    quota_take(owner, EXO_RESOURCE_PAGES, 1);
}

void unlink(uint32_t pfn) {
  const exo::PageRecord& page = page_record(pfn);
  if (!has_list(page.owner)) return;
  if (page.previous != kNoPage)
    page_record(page.previous).next = page.next;
  else
    first_of(page.owner) = page.next;
  if (page.next != kNoPage) page_record(page.next).previous = page.previous;
  if (page.owner == exo::kOwnerNone)
    stock_remove(EXO_RESOURCE_PAGES, 1);
  else
    quota_give_back(page.owner, EXO_RESOURCE_PAGES, 1);
}

/// An id is never given out so often that two of its environments share a life.
uint16_t life_of(uint16_t owner) {
  return owner <= kEnvironmentMax ? environment_record(owner).lives : 0;
}

void remember_owner(exo::PageRecord& page, uint16_t owner) {
  page.last_owner = owner;
  page.last_life = life_of(owner);
}

/// The next owner must not execute what the instruction cache has of the last one's. (Of data
/// nothing old is left: stores write the data cache too.)
void forget_instructions(uint32_t pfn) {
  if (!frame(pfn).may_have_been_fetched) return;
  instruction_cache_forget(page_address(pfn), PAGE_SIZE);
  frame(pfn).may_have_been_fetched = false;
}

uint32_t record_bytes(uint32_t count) {
  return (count * sizeof(exo::PageRecord) + PAGE_SIZE - 1) & ~uint32_t{PAGE_SIZE - 1};
}

}  // namespace

void page_zero(uint32_t pfn) {
  EXO_DOMAIN("protection");
  auto* word = reinterpret_cast<uint32_t*>(page_address(pfn));
#pragma GCC unroll 16
  for (unsigned index = 0; index < PAGE_SIZE / sizeof(uint32_t); ++index) word[index] = 0;
}

uint32_t page_tables_bytes(uint32_t count) {
  return record_bytes(count) + count * uint32_t{sizeof(Frame)};
}

void pages_start(uint32_t count, uintptr_t tables) {
  const uintptr_t frames = tables + record_bytes(count);
  page_tables = {.records = reinterpret_cast<exo::PageRecord*>(tables),
                 .frames = reinterpret_cast<Frame*>(frames),
                 .count = count};
  system_page.record = {};
  system_page.record.first_free_page = kNoPage;
  for (uint32_t& first : first_of_owner) first = kNoPage;
  for (uint32_t pfn = 0; pfn < count; ++pfn) {
    page_record(pfn) = {.owner = exo::kOwnerKernel,
                        .last_owner = exo::kOwnerKernel,
                        .next = kNoPage,
                        .previous = kNoPage,
                        .guarantees = 0,
                        .last_life = 0};
    frame(pfn) = {};
  }
  auto* const end = reinterpret_cast<uint8_t*>(page_tables.records + count);
  for (uint8_t* byte = end; reinterpret_cast<uintptr_t>(byte) < frames; ++byte) *byte = 0;
  pages_expose(tables, frames);
  const auto system = reinterpret_cast<uintptr_t>(&system_page);
  pages_expose(system, system + sizeof system_page);
}

void pages_expose(uintptr_t begin, uintptr_t end) {
  for (uint32_t pfn = page_at(begin); pfn < page_at(end); ++pfn)
    page_record(pfn).owner = exo::kOwnerExposed;
}

void page_take(uint32_t pfn, uint16_t owner) {
  exo::PageRecord& page = page_record(pfn);
  unlink(pfn);
  link(pfn, owner);
  const bool is_own = page.last_owner == owner && page.last_life == life_of(owner);
  if (!is_own || owner == exo::kOwnerKernel) {
    page_zero(pfn);
    forget_instructions(pfn);
  }
  remember_owner(page, owner);
}

uint32_t page_take_any(uint16_t owner) {
  const uint32_t pfn = system_page.record.first_free_page;
  if (pfn != kNoPage) page_take(pfn, owner);
  return pfn;
}

void page_assign(uint32_t pfn, uint16_t owner) {
  link(pfn, owner);
  remember_owner(page_record(pfn), owner);
}

void page_transfer(uint32_t pfn, uint16_t owner) {
  unlink(pfn);
  predicate_forget(pfn);
  frame(pfn).proof.renew();
  forget_instructions(pfn);
  page_assign(pfn, owner);
}

void page_release_at_start(uint32_t pfn) { link(pfn, exo::kOwnerNone); }

void page_release(uint32_t pfn) {
  unlink(pfn);
  predicate_forget(pfn);
  frame(pfn).proof.renew();
  link(pfn, exo::kOwnerNone);
}

uint32_t first_page_of(uint16_t owner) { return first_of(owner); }

namespace {

/// Pages that have received state, or will.
bool is_named(const exo::Context& context, uint32_t pfn) {
  for (const uint32_t named : context.save_pages)
    if (named == pfn) return true;
  for (const exo::Repossession& entry : context.repossession)
    if (entry.saved == pfn) return true;
  return false;
}

/// How much the environment will miss a page: one that nobody has guaranteed least, one that has
/// state or is to receive it most.
uint32_t value_of(const Environment& environment, uint32_t pfn) {
  if (is_named(*environment.context, pfn)) return 2;
  return page_record(pfn).guarantees != 0 ? 1 : 0;
}

/// The page that the environment misses least, the newest of these; never the context page.
/// Interrupts are off: only the newest pages are looked at.
uint32_t choose_victim(const Environment& environment) {
  constexpr unsigned kLookedAt = 64;
  const uint32_t context = page_at(reinterpret_cast<uintptr_t>(environment.context));
  uint32_t victim = kNoPage;
  uint32_t least = 3;
  uint32_t pfn = first_page_of(environment.id);
  for (unsigned count = 0; pfn != kNoPage && least != 0 && count < kLookedAt; ++count) {
    const uint32_t value = pfn == context ? least : value_of(environment, pfn);
    if (value < least) {
      least = value;
      victim = pfn;
    }
    pfn = page_record(pfn).next;
  }
  return victim;
}

/// The same; with nothing left but downloaded code, that is taken, and its page.
uint32_t find_victim(Environment& environment, bool may_take_code) {
  const uint32_t pfn = choose_victim(environment);
  if (pfn != kNoPage || !may_take_code || code_repossess(environment, 1) == 0) return pfn;
  return choose_victim(environment);
}

}  // namespace

/// Interrupts are off: code, and a page that is bound very often, are taken alone.
uint32_t pages_repossess(Environment& environment, uint32_t count) {
  EXO_DOMAIN("protection");
  constexpr uint32_t kEffortMax = 64;  // for breaking bindings (ours)
  uint32_t effort = 0, taken = 0;
  for (; taken < count; ++taken) {
    const uint32_t pfn = find_victim(environment, taken == 0);
    if (pfn == kNoPage) break;
    effort += breaking_effort(pfn);
    if (taken != 0 && effort > kEffortMax) break;
    const uint32_t saved = page_take_and_save(environment, pfn);
    repossession_record(environment, EXO_RESOURCE_PAGES, pfn, saved);
  }
  return taken;
}

namespace {

/// The page that page_alloc is to allocate. Returns 0, an EXO_ERROR_, or kAgain.
uint32_t find_free(uint32_t wanted, uint32_t& pfn) {
  pfn = wanted;
  if (wanted == EXO_PAGE_ANY) {
    pfn = system_page.record.first_free_page;
    if (pfn != kNoPage) return 0;
    if (environments_reclaim()) return kAgain;
    note_refusal(current_environment().id, EXO_RESOURCE_PAGES, 1);
    return EXO_ERROR_NO_MEMORY;
  }
  if (!is_page(wanted)) return EXO_ERROR_BAD_ARGUMENT;
  const uint16_t owner = page_record(wanted).owner;
  if (owner == exo::kOwnerNone) return 0;
  return is_environment(owner) ? EXO_ERROR_BUSY : unless_reclaimed(EXO_ERROR_BUSY);
}

}  // namespace

extern "C" void sys_page_alloc(CallFrame& call) {
  EXO_DOMAIN("multiplexing");
  const Environment& caller = current_environment();
  uint32_t pfn;
  uint32_t error = find_free(call.a[0], pfn);
  if (error == 0) error = quota_check(caller, EXO_RESOURCE_PAGES, 1);
  if (error != 0) return refuse(call, exo::Syscall::k_page_alloc, error);
  page_take(pfn, caller.id);
  call.succeed(pfn, make_capability(EXO_KIND_PAGE, EXO_RIGHT_ALL, pfn, frame(pfn).proof));
}

uint32_t check_may_part(const exo::Capability& page) {
  if (const uint32_t error = check_capability(page, EXO_KIND_PAGE, EXO_RIGHT_FREE)) return error;
  const Environment& caller = current_environment();
  if (page_record(page.index()).owner != caller.id) return EXO_ERROR_NOT_OWNER;
  return caller.guarantees_page(page.index()) ? EXO_ERROR_BUSY : 0;
}

extern "C" void sys_page_dealloc(CallFrame& call) {
  EXO_DOMAIN("multiplexing");
  const exo::Capability page{{call.a[0], call.a[1], call.a[2]}};
  if (const uint32_t error = check_may_part(page)) return call.fail(error);
  break_bindings(page.index());
  page_release(page.index());
  call.succeed(0);
}

extern "C" void sys_page_give(CallFrame& call) {
  EXO_DOMAIN("multiplexing");
  const exo::Capability page{{call.a[0], call.a[1], call.a[2]}};
  const exo::Capability receiver{{call.a[3], call.t[0], call.t[1]}};
  if (const uint32_t error = check_may_part(page)) return call.fail(error);
  if (const uint32_t error = check_capability(receiver, EXO_KIND_ENVIRONMENT, EXO_RIGHT_WRITE))
    return call.fail(error);
  Environment& environment = environment_slot(receiver.index());
  if (const uint32_t error =
          quota_check_transfer(current_environment(), &environment, EXO_RESOURCE_PAGES))
    return refuse(call, exo::Syscall::k_page_give, error);
  break_bindings_of_others(page.index(), environment);
  guarantees_become_own(environment, page.index());
  page_transfer(page.index(), environment.id);
  call.succeed(0);
}

}  // namespace aegis
