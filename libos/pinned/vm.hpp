// The program's page table and what is done about a TLB miss.
//
// Two levels. The root is pinned: one word for each MiB of user memory, the frame of the page that
// holds its 256 entries. Those pages lie side by side at EXOS_PAGE_TABLE_BASE, so that the entry of
// a page is found by its number alone; they are mapped like all others, and a miss on one of them,
// inside the handler, is served from the root.
#pragma once

#include <cstdint>

#include "exokernel/abi/capability.h"

namespace exos {

/// An entry of the page table, as in EntryLo: frame, V, D. The lowest bit, which the hardware does
/// not have, says that the capability has been asked for.
struct PageEntry {
  uint32_t lo;
  exo::Capability capability;
};

inline constexpr uint32_t kHasCapability = 1;

/// Memory that comes when it is touched.
struct Region {
  uint32_t begin;
  uint32_t end;

  bool contains(uint32_t address) const { return address >= begin && address < end; }
};

enum class Served : uint8_t { kYes, kNotMapped, kNoMemory };

/// Enters the pages that the program has from the start.
void vm_start();
/// A TLB miss at `address`: binds the page if there is one, makes it if there may be one.
Served vm_serve_miss(uint32_t address);
/// The heap as far as it has grown.
Region& vm_heap();

}  // namespace exos
