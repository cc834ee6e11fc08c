// A cache of the reference processor, conformance 1.8: for each word its data, page, valid
// bit and the seven parity bits, each of them stored.
#pragma once

#include <bit>
#include <cstdint>
#include <vector>

namespace exosim::lockstep {

/// What there is to choose about a processor.
struct ReferenceModel {
  uint32_t prid = 0;
  uint32_t instruction_bytes = 0;  // 0: no such cache
  uint32_t instruction_refill = 1;
  uint32_t data_bytes = 0;
  uint32_t data_refill = 1;
  bool partial_store_invalidates = false;
};

class ReferenceCache {
 public:
  /// A word as it stands in the cache.
  struct Slot {
    uint32_t word = 0xffffffff;
    uint32_t page = 0;
    bool valid = false;
    uint32_t parity = 0;  // a bit for each byte of the word, then of the page's three

    uint32_t right_parity() const {
      const uint64_t bytes = word | uint64_t{page} << 44;
      uint32_t bits = 0;
      for (uint32_t byte = 0; byte < 8; ++byte)
        bits |= static_cast<uint32_t>(std::popcount(bytes >> 8 * byte & 0xff) & 1) << byte;
      return bits;
    }
    bool has_right_parity() const { return parity == right_parity(); }
  };
  enum class Found : uint8_t { kHit, kMiss, kWrongParity };

  ReferenceCache(uint32_t bytes, uint32_t refill)
      : present_(bytes != 0), refill_(refill), slots_(bytes == 0 ? 1 : bytes / 4) {}

  bool present() const { return present_; }
  uint32_t refill() const { return refill_; }
  Slot& slot(uint32_t phys) { return slots_[phys / 4 % slots_.size()]; }
  const std::vector<Slot>& slots() const { return slots_; }

  Found find(uint32_t phys) {
    const Slot& at = slot(phys);
    if (!at.valid || at.page != phys >> 12) return Found::kMiss;
    return at.has_right_parity() ? Found::kHit : Found::kWrongParity;
  }
  void put(uint32_t phys, uint32_t word, bool parity_zero) {
    Slot& at = slot(phys);
    at = {.word = word, .page = phys >> 12, .valid = true};
    if (!parity_zero) at.parity = at.right_parity();
  }
  /// The bytes from `phys` on, all in one word.
  uint32_t get(uint32_t phys, uint32_t width) {
    const uint64_t from = slot(phys).word >> 8 * (phys & 3);
    return static_cast<uint32_t>(from & ((uint64_t{1} << 8 * width) - 1));
  }

 private:
  bool present_;
  uint32_t refill_;
  std::vector<Slot> slots_;
};

}  // namespace exosim::lockstep
