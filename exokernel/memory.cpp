// Laying out memory at boot.
#include "exokernel/memory.hpp"

#include "exokernel/block_map.hpp"
#include "exokernel/disk.hpp"
#include "exokernel/page.hpp"
#include "exokernel/panic.hpp"
#include "isa/devices/disk.h"
#include "isa/machine/boot.h"
#include "isa/machine/cp0.h"
#include "isa/machine/memory_map.h"

extern "C" const char kernel_end[];

namespace aegis {
namespace {

/// Page numbers from `first` up to `end`.
struct Extent {
  uint32_t first;
  uint32_t end;
};

uint32_t pages_up_to(uint32_t address) { return (address + PAGE_SIZE - 1) >> PAGE_SHIFT; }

/// What is taken: the kernel, the modules, the tables of pages and blocks; in the order of page
/// numbers.
class TakenMemory {
 public:
  void add(Extent added) {
    if (count_ == kMax) panic("memory is in too many pieces");
    unsigned index = count_++;
    for (; index > 0 && extents_[index - 1].first > added.first; --index)
      extents_[index] = extents_[index - 1];
    extents_[index] = added;
  }

  /// The first gap of at least `pages` pages, below `total`; 0 if there is none.
  uint32_t find_room(uint32_t pages, uint32_t total) const {
    for (unsigned index = 0; index < count_; ++index)
      if (gap_end(index, total) >= extents_[index].end + pages) return extents_[index].end;
    return 0;
  }

  void release_gaps(uint32_t total) const {
    for (unsigned index = count_; index-- > 0;)
      for (uint32_t pfn = gap_end(index, total); pfn-- > extents_[index].end;)
        page_release_at_start(pfn);
  }

 private:
  static constexpr unsigned kMax = BOOT_MODULE_MAX + 2;

  uint32_t gap_end(unsigned index, uint32_t total) const {
    return index + 1 < count_ ? extents_[index + 1].first : total;
  }

  Extent extents_[kMax];
  unsigned count_ = 0;
};

TakenMemory kernel_and_modules(const BootInfo& boot, unsigned modules) {
  TakenMemory taken;
  taken.add({0, pages_up_to(reinterpret_cast<uintptr_t>(kernel_end) & KSEG_MASK)});
  for (unsigned index = 0; index < modules; ++index) {
    const BootModule module = boot.module(index);
    taken.add({module.address >> PAGE_SHIFT, pages_up_to(module.address + module.size)});
  }
  return taken;
}

}  // namespace

unsigned memory_start(const BootInfo& boot) {
  const uint32_t total = boot.ram_bytes() >> PAGE_SHIFT;
  const uint32_t blocks = disk_blocks(boot.find_device(DISK_ID));
  const uint32_t own_pages = pages_up_to(page_tables_bytes(total));
  const uint32_t table_pages = own_pages + pages_up_to(block_map_bytes(blocks));
  for (unsigned modules = boot.module_count() + 1; modules-- > 0;) {
    TakenMemory taken = kernel_and_modules(boot, modules);
    const uint32_t table = taken.find_room(table_pages, total);
    if (table == 0) continue;
    taken.add({table, table + table_pages});
    pages_start(total, page_address(table));
    block_map_start(blocks, page_address(table + own_pages));
    taken.release_gaps(total);
    return modules;
  }
  panic("no room for the tables of pages and blocks");
}

}  // namespace aegis
