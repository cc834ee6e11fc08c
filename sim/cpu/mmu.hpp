// From virtual to physical addresses: segments, privilege, TLB, and a look-aside in front of them
// that holds host pointers to pages of RAM. Follows docs/machine.md, "Address space".
#pragma once

#include <array>
#include <cstddef>
#include <cstdint>

#include "isa/machine/cp0.h"
#include "sim/base/types.hpp"
#include "sim/bus/ram.hpp"
#include "sim/cpu/exception.hpp"
#include "sim/cpu/state.hpp"

namespace exosim {

enum class AccessKind : uint8_t { kFetch, kLoad, kStore };

/// A physical address and what may be done with its page, or why there is none.
struct Translation {
  bool ok = false;
  bool cached = false;    // by segment or by EntryLo.N
  bool writable = false;  // a store would be translated too
  PhysAddr phys = {};
  Trap trap = {};
};

/// Translates in the current mode and an address space (EntryHi.ASID, in its place), or the current
/// one. Alignment is not looked at.
Translation translate(CpuState& state, VirtAddr address, AccessKind kind, uint32_t asid);
Translation translate(CpuState& state, VirtAddr address, AccessKind kind);

/// The TLB entry for the page and address space of `hi`; none once the TLB is shut down. A
/// duplicate match shuts it down and sets Status.TS.
TlbMatch find_entry(CpuState& state, uint32_t hi);

/// In a page context: accesses are not plain ones. The cache is isolated, parity is written as
/// zero, or the byte order is reversed.
inline constexpr uint32_t kNotPlain = 32;

/// True iff user mode runs, with the other byte order.
inline bool is_reversed(const Cp0& cp0) {
  return (cp0.status & (STATUS_RE | STATUS_KUC)) == (STATUS_RE | STATUS_KUC);
}

/// What a page key has below the page number: address space, mode, and whether the TLB is shut
/// down. Two translations with the same key are the same until a TLB entry changes. Bits 1:0 stay
/// free for the alignment check of the fetch.
/// `cache_control` are the IsC, SwC and PZ bits in effect.
inline uint32_t page_context(const Cp0& cp0, uint32_t cache_control) {
  constexpr uint32_t kUser = 4;
  constexpr uint32_t kShutDown = 16;
  const bool plain = !(cache_control & (STATUS_ISC | STATUS_PZ)) && !is_reversed(cp0);
  return (cp0.entry_hi & ENTRYHI_ASID_MASK) | (cp0.status & STATUS_KUC ? kUser : 0) |
         (cp0.status & STATUS_TS ? kShutDown : 0) | (plain ? 0 : kNotPlain);
}

/// Never equal to a page key.
inline constexpr uint32_t kNoPage = 8;

/// A translation that succeeded, of a page that is wholly in RAM.
struct PageView {
  uint32_t load_key = kNoPage;   // kNoPage: loads must be translated
  uint32_t store_key = kNoPage;  // kNoPage: stores must be translated
  uint32_t phys_page = 0;
  bool fetch_cached = false;  // fetches go through a cache, which is there
  bool data_cached = false;   // loads and stores do
  std::byte* host = nullptr;  // the page's first byte
};

/// Which of the accesses that are to be cached find a cache.
struct CachePresence {
  bool fetch = false;
  bool data = false;
  friend bool operator==(const CachePresence&, const CachePresence&) = default;
};

/// Direct-mapped by page. Must forget a page when a TLB entry for it comes or goes; address space
/// and mode are in the key. Knows no page of a context that is kNotPlain.
class PageViews {
 public:
  explicit PageViews(Ram& ram) : ram_(ram) {}

  const PageView& slot(uint32_t address) const { return views_[slot_of(address)]; }
  /// Remembers the translation of `key`'s page, if it is in RAM.
  void remember(uint32_t key, const Translation& translation, CachePresence caches);
  void forget(uint32_t page) { views_[slot_of(page)] = {}; }
  void forget_all() { views_.fill({}); }

 private:
  static constexpr uint32_t kSlots = 256;

  // Folds the segment into the index, so that a page of kuseg and one of kseg0 seldom meet.
  static constexpr uint32_t slot_of(uint32_t address) {
    return ((address >> PAGE_SHIFT) ^ (address >> 24)) % kSlots;
  }

  Ram& ram_;
  std::array<PageView, kSlots> views_{};
};

}  // namespace exosim
