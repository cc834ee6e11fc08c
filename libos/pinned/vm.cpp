// Virtual memory by the program itself: page table, TLB misses, pages on demand.
#include "libos/pinned/vm.hpp"

#include "exokernel/abi/calls.hpp"
#include "exokernel/abi/info.hpp"
#include "isa/machine/cp0.h"
#include "isa/markers.h"
#include "libos/api/vm.hpp"
#include "libos/layout.h"

namespace exos {
namespace {

constexpr uint32_t kEntriesPerTablePage = PAGE_SIZE / sizeof(PageEntry);
constexpr uint32_t kSpanShift = 20;  // one page of the table describes a MiB
static_assert(kEntriesPerTablePage * PAGE_SIZE == 1u << kSpanShift);

constexpr uint32_t kUserSpans = (EXO_LAST_MAPPABLE_VA >> kSpanShift) + 1;
constexpr uint32_t kReadWrite = EXO_RIGHT_READ | EXO_RIGHT_WRITE;

uint32_t root[kUserSpans];  // as EntryLo; 0 = no page of the table yet
Region heap{EXOS_HEAP_BASE, EXOS_HEAP_BASE};
constexpr Region kStack{EXOS_STACK_LIMIT, EXOS_STACK_TOP};
constexpr Region kTable{EXOS_PAGE_TABLE_BASE, EXOS_PAGE_TABLE_END};
VmCounts counts;

PageEntry& entry_of(uint32_t address) {
  return reinterpret_cast<PageEntry*>(EXOS_PAGE_TABLE_BASE)[address >> PAGE_SHIFT];
}

uint32_t table_page_of(uint32_t address) {
  return EXOS_PAGE_TABLE_BASE + ((address >> kSpanShift) << PAGE_SHIFT);
}

/// A miss on the table itself: `address` lies in kTable.
Served serve_table_miss(uint32_t address) {
  const uint32_t lo = root[(address - EXOS_PAGE_TABLE_BASE) >> PAGE_SHIFT];
  if (lo == 0) return Served::kNotMapped;
  const exo::CallResult made = exo::page_capability(lo >> PAGE_SHIFT, kReadWrite);
  exo::tlb_write(address & ~(PAGE_SIZE - 1u), EXO_MAP_WRITE, made.capability());
  return Served::kYes;
}

/// Makes the page of the table that describes `address`, if there is none. False without memory.
bool ensure_table_page(uint32_t address) {
  uint32_t& lo = root[address >> kSpanShift];
  if (lo != 0) return true;
  const exo::CallResult page = exo::page_alloc(EXO_PAGE_ANY);
  if (!page.ok()) return false;
  const uint32_t virt = table_page_of(address);
  exo::tlb_write(virt, EXO_MAP_WRITE, page.capability());
  lo = (static_cast<uint32_t>(page.value) << PAGE_SHIFT) | ENTRYLO_V | ENTRYLO_D;
  // The kernel clears a page only if it was somebody else's.
  auto* entries = reinterpret_cast<PageEntry*>(virt);
  for (uint32_t index = 0; index < kEntriesPerTablePage; ++index) entries[index].lo = 0;
  return true;
}

void bind(uint32_t virt, PageEntry& entry) {
  const bool is_writable = (entry.lo & ENTRYLO_D) != 0;
  if ((entry.lo & kHasCapability) == 0) {
    const uint32_t rights = is_writable ? kReadWrite : EXO_RIGHT_READ;
    entry.capability = exo::page_capability(entry.lo >> PAGE_SHIFT, rights).capability();
    entry.lo |= kHasCapability;
  }
  exo::tlb_write(virt, is_writable ? EXO_MAP_WRITE : 0, entry.capability);
}

Served make_page(uint32_t virt) {
  EXO_DOMAIN("management");
  if (!ensure_table_page(virt)) return Served::kNoMemory;
  const exo::CallResult page = exo::page_alloc(EXO_PAGE_ANY);
  if (!page.ok()) return Served::kNoMemory;
  PageEntry& entry = entry_of(virt);
  entry.capability = page.capability();
  entry.lo =
      (static_cast<uint32_t>(page.value) << PAGE_SHIFT) | ENTRYLO_V | ENTRYLO_D | kHasCapability;
  ++counts.faults;
  bind(virt, entry);
  return Served::kYes;
}

void enter_segment(const exo::InfoSegment& segment) {
  const uint32_t flags = segment.writable != 0 ? ENTRYLO_V | ENTRYLO_D : ENTRYLO_V;
  for (uint32_t index = 0; index < segment.pages; ++index) {
    const uint32_t virt = segment.virt + index * PAGE_SIZE;
    if (!ensure_table_page(virt)) exo::env_exit(EXO_STATUS_DESTROYED);
    entry_of(virt).lo = ((segment.first_pfn + index) << PAGE_SHIFT) | flags;
  }
}

}  // namespace

void vm_start() {
  const exo::Info& info = exo::info();
  for (uint32_t index = 0; index < info.segment_count; ++index)
    if (info.segments[index].pinned == 0) enter_segment(info.segments[index]);
}

Served vm_serve_miss(uint32_t address) {
  EXO_DOMAIN("management");
  if (kTable.contains(address)) return serve_table_miss(address);
  const uint32_t virt = address & ~(PAGE_SIZE - 1u);
  if (virt <= EXO_LAST_MAPPABLE_VA && root[virt >> kSpanShift] != 0) {
    PageEntry& entry = entry_of(virt);
    if ((entry.lo & ENTRYLO_V) != 0) {
      ++counts.misses;
      bind(virt, entry);
      return Served::kYes;
    }
  }
  if (heap.contains(address) || kStack.contains(address)) return make_page(virt);
  return Served::kNotMapped;
}

Region& vm_heap() { return heap; }

VmCounts vm_counts() { return counts; }

}  // namespace exos
