// Physical pages: who owns which, and who is bound to it. A page is named by its frame number. Who
// owns it stands in a table that everyone may read (exokernel/abi/exposed.hpp), what makes its
// capabilities genuine in one that nobody may.
#pragma once

#include <cstdint>

#include "exokernel/abi/exposed.hpp"
#include "exokernel/capability.hpp"
#include "isa/machine/cp0.h"
#include "isa/machine/memory_map.h"

namespace aegis {

struct Environment;

using exo::kNoPage;

/// How much is known of the bindings to a page. Breaking the only one is cheap; breaking more means
/// a walk along the page's list in the software TLB and a search through the TLB.
enum class Bindings : uint8_t { kNone, kOne, kMany };

/// No entry of the software TLB, and no guarantee.
inline constexpr uint16_t kNoBinding = 0xffff;

/// What the kernel keeps for itself of a physical page.
struct Frame {
  Proof proof;
  // For Bindings::kOne: the virtual page, and the environment's id below it. Of a page of the
  // kernel's that waits for the disk (page_save.cpp): where it goes.
  uint32_t bound;
  uint32_t predicate;  // the code that decides about bindings, by its page; 0: none
  uint16_t first_binding = kNoBinding;    // its first entry in the software TLB (tlb.cpp)
  uint16_t first_guarantee = kNoBinding;  // the first of its list (guarantee.cpp)
  uint8_t transfers;                      // requests queued for devices that read or write it
  Bindings bindings;
  uint8_t predicated_at;           // where the predicate lists the page
  bool bound_by_predicate : 1;     // at least once since it has been the predicate
  bool may_have_been_fetched : 1;  // since the instruction cache has forgotten the page
};
static_assert(sizeof(Frame) == 32);  // a shift finds it

/// Bytes of both tables together: whole pages, those of the records first.
uint32_t page_tables_bytes(uint32_t page_count);
/// Puts the tables at `tables` (kseg0, page aligned). All pages belong to the kernel at first;
/// those of the records are exposed.
void pages_start(uint32_t page_count, uintptr_t tables);
/// Lets everyone read the kernel's pages from `begin` up to `end` (kseg0, page aligned).
void pages_expose(uintptr_t begin, uintptr_t end);
/// The kernel's own view of a page: a kseg0 address.
inline uintptr_t page_address(uint32_t pfn) { return KSEG0_BASE | (pfn << PAGE_SHIFT); }
inline uint32_t page_at(uintptr_t address) { return (address & KSEG_MASK) >> PAGE_SHIFT; }

/// For the functions below.
struct PageTables {
  exo::PageRecord* records;
  Frame* frames;
  uint32_t count;
};
extern PageTables page_tables;

/// A page of its own: everyone may read it.
struct alignas(PAGE_SIZE) SystemPage {
  exo::SystemRecord record;
};
extern SystemPage system_page;

inline uint32_t page_count() { return page_tables.count; }
inline bool is_page(uint32_t pfn) { return pfn < page_tables.count; }
inline Frame& frame(uint32_t pfn) { return page_tables.frames[pfn]; }
inline exo::PageRecord& page_record(uint32_t pfn) { return page_tables.records[pfn]; }
inline uint32_t free_page_count() { return system_page.record.stock[EXO_RESOURCE_PAGES].free; }

void page_zero(uint32_t pfn);
/// Any free page, zeroed if it may hold data of another owner. kNoPage if none is free.
uint32_t page_take_any(uint16_t owner);
/// The same for one free page.
void page_take(uint32_t pfn, uint16_t owner);
/// Gives a page of the kernel's to an environment as it is.
void page_assign(uint32_t pfn, uint16_t owner);
/// Gives an environment's page to another, or to the kernel, as it is: old capabilities are void.
void page_transfer(uint32_t pfn, uint16_t owner);
/// Makes a page of the kernel's free that nobody else has had yet.
void page_release_at_start(uint32_t pfn);
/// Makes a page free. Its bindings must have been broken.
void page_release(uint32_t pfn);
/// Takes pages from an environment by force: fewer than asked for, if this takes long. Returns how
/// many; 0 if it has none that can be taken.
uint32_t pages_repossess(Environment& environment, uint32_t count);
/// Checks that the caller may part with the page of this capability. Returns 0 or an EXO_ERROR_.
uint32_t check_may_part(const exo::Capability& page);
/// The first page of an owner's list, kNoPage if it is empty.
uint32_t first_page_of(uint16_t owner);

}  // namespace aegis
