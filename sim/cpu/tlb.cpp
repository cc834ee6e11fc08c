// The TLB's storage and match.
#include "sim/cpu/tlb.hpp"

#include <bit>

#include "isa/machine/memory_map.h"

namespace exosim {

void Tlb::reset(Random& random) {
  for (unsigned i = 0; i < TLB_ENTRIES; ++i) {
    const uint32_t page = KSEG0_BASE | (random.below(1024) << 18) | (i << PAGE_SHIFT);
    const uint32_t asid = random.word() & ENTRYHI_ASID_MASK;
    write(i, {page | asid, random.word() & ENTRYLO_MASK & ~uint32_t{ENTRYLO_G}});
  }
}

void Tlb::write(unsigned index, TlbEntry entry) {
  hi_[index] = entry.hi & ENTRYHI_MASK;
  lo_[index] = entry.lo & ENTRYLO_MASK;
}

TlbMatch Tlb::find(uint32_t hi) const {
  uint64_t matches = 0;
  for (unsigned i = 0; i < TLB_ENTRIES; ++i) {
    const uint32_t mask = (lo_[i] & ENTRYLO_G) ? ENTRYHI_VPN_MASK : ENTRYHI_MASK;
    matches |= uint64_t{((hi_[i] ^ hi) & mask) == 0} << i;
  }
  if (matches == 0) return {};
  return {std::countr_zero(matches), std::popcount(matches) > 1};
}

}  // namespace exosim
