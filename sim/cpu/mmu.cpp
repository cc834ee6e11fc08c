// Segments, privilege and TLB look-up.
#include "sim/cpu/mmu.hpp"

#include "isa/machine/exceptions.h"
#include "isa/machine/memory_map.h"

namespace exosim {
namespace {

constexpr uint32_t kPageMask = ~uint32_t{PAGE_SIZE - 1};

Translation refuse(uint8_t code, VirtAddr address, bool refill = false) {
  return {.trap = {.code = code, .refill = refill, .bad_address = address}};
}

uint8_t address_error(AccessKind kind) { return kind == AccessKind::kStore ? EXC_ADES : EXC_ADEL; }
uint8_t tlb_error(AccessKind kind) { return kind == AccessKind::kStore ? EXC_TLBS : EXC_TLBL; }

Translation direct(VirtAddr address) {
  return {.ok = true,
          .cached = address.value < KSEG1_BASE,
          .writable = true,
          .phys = {address.value & KSEG_MASK}};
}

Translation mapped(CpuState& state, VirtAddr address, AccessKind kind, uint32_t asid) {
  const TlbMatch match = find_entry(state, (address.value & kPageMask) | asid);
  if (!match) return refuse(tlb_error(kind), address, address.value < KSEG0_BASE);
  const uint32_t lo = state.tlb.read(static_cast<unsigned>(match.index)).lo;
  if (!(lo & ENTRYLO_V)) return refuse(tlb_error(kind), address);
  const bool dirty = (lo & ENTRYLO_D) != 0;
  if (kind == AccessKind::kStore && !dirty) return refuse(EXC_MOD, address);
  return {.ok = true,
          .cached = !(lo & ENTRYLO_N),
          .writable = dirty,
          .phys = {(lo & ENTRYLO_PFN_MASK) | (address.value & ~kPageMask)}};
}

}  // namespace

// Two entries for one page would drive the same lines: the R3000 switches its TLB off until reset
// (test: tlb_duplicate_sets_ts).
TlbMatch find_entry(CpuState& state, uint32_t hi) {
  if (state.cp0.status & STATUS_TS) return {};
  const TlbMatch match = state.tlb.find(hi);
  if (!match.duplicate) return match;
  state.cp0.status |= STATUS_TS;
  return {};
}

Translation translate(CpuState& state, VirtAddr address, AccessKind kind, uint32_t asid) {
  if (address.value < KSEG0_BASE) return mapped(state, address, kind, asid);
  if (state.cp0.user_mode()) return refuse(address_error(kind), address);
  return address.value < KSEG2_BASE ? direct(address) : mapped(state, address, kind, asid);
}

Translation translate(CpuState& state, VirtAddr address, AccessKind kind) {
  return translate(state, address, kind, state.cp0.entry_hi & ENTRYHI_ASID_MASK);
}

void PageViews::remember(uint32_t key, const Translation& translation, CachePresence caches) {
  const PhysAddr page{translation.phys.value & kPageMask};
  if (key & kNotPlain) return;
  if (!ram_.contains(page, PAGE_SIZE)) return;
  views_[slot_of(key)] = {.load_key = key,
                          .store_key = translation.writable ? key : kNoPage,
                          .phys_page = page.value,
                          .fetch_cached = translation.cached && caches.fetch,
                          .data_cached = translation.cached && caches.data,
                          .host = ram_.bytes().data() + page.value};
}

}  // namespace exosim
