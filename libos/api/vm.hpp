// Virtual memory as the program sees it.
#pragma once

#include <cstddef>
#include <cstdint>

namespace exos {

/// Extends the heap by at least `bytes`, in whole pages that read as zero and cost nothing before
/// they are touched. Returns their address, or null if the address space ends.
void* grow_heap(size_t bytes);

/// What the program's own fault handler has served so far.
struct VmCounts {
  uint32_t misses;  // TLB misses on pages that were there
  uint32_t faults;  // pages that were made when touched
};
VmCounts vm_counts();

}  // namespace exos
