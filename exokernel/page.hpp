// Physical pages: who owns which, and who is bound to it. A page is named by its frame number.
#pragma once

#include <cstdint>

#include "exokernel/abi/capability.h"
#include "exokernel/half_sip_hash.hpp"
#include "isa/machine/cp0.h"
#include "isa/machine/memory_map.h"

namespace aegis {

inline constexpr uint32_t kNoPage = 0xffffffff;

/// Owners: 0 = nobody, the page is free; environment ids; the kernel.
inline constexpr uint16_t kFree = 0;
inline constexpr uint16_t kKernel = 0xffff;

/// How much is known of the bindings to a page. Only one is remembered: breaking it is cheap;
/// breaking more means a search through everything.
enum class Bindings : uint8_t { kNone, kOne, kMany };

/// A physical page. Pages of one owner form a list.
struct Frame {
  uint32_t generation;  // changes when the page changes hands: old capabilities are void
  uint16_t owner;
  uint16_t last_owner;  // whose data the page may still hold
  uint32_t next;        // of the same owner
  uint32_t previous;
  uint32_t bound_hi;    // EntryHi of the only binding, for Bindings::kOne
  uint16_t guarantees;  // guaranteed mappings, in all environments
  Bindings bindings;
  uint8_t checked_rights;  // rights that `check` is for; 0 if none has been computed
  Words64 check;           // check value of the capability with these rights
};

static_assert(sizeof(Frame) == 32);  // a shift finds it

/// Bytes that the table of frames needs.
uint32_t frame_table_bytes(uint32_t page_count);
/// Puts the table at `table` (kseg0). All pages belong to the kernel at first.
void pages_start(uint32_t page_count, uintptr_t table);
uint32_t free_page_count();
/// The kernel's own view of a page: a kseg0 address.
inline uintptr_t page_address(uint32_t pfn) { return KSEG0_BASE | (pfn << PAGE_SHIFT); }

/// For the functions below.
struct FrameTable {
  Frame* frames;
  uint32_t count;
};
extern FrameTable frame_table;

inline uint32_t page_count() { return frame_table.count; }
inline bool is_page(uint32_t pfn) { return pfn < frame_table.count; }
inline Frame& frame(uint32_t pfn) { return frame_table.frames[pfn]; }

/// Any free page, zeroed if it may hold data of another owner. kNoPage if none is free.
uint32_t page_take_any(uint16_t owner);
/// The same for one free page.
void page_take(uint32_t pfn, uint16_t owner);
/// Gives a page of the kernel's to an environment as it is.
void page_assign(uint32_t pfn, uint16_t owner);
/// Makes a page free. Its bindings must have been broken.
void page_release(uint32_t pfn);
/// The first page of an owner's list, kNoPage if it is empty.
uint32_t first_page_of(uint16_t owner);

}  // namespace aegis
