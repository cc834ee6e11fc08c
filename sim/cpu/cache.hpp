// One of the two caches of the processor: direct mapped, indexed and tagged by physical address,
// one tag per word, with data of its own, so that a stale word is seen as stale. Follows
// conformance 1.8.
#pragma once

#include <cstddef>
#include <cstdint>
#include <cstring>
#include <vector>

#include "isa/machine/cp0.h"
#include "sim/base/random.hpp"
#include "sim/base/types.hpp"

namespace exosim {

struct CacheGeometry {
  uint32_t bytes = 0;         // a power of two, at least a page; 0: there is no cache
  uint32_t refill_words = 1;  // read from memory at a miss: 1, 4, 8, 16 or 32
};

/// Data and tags. Which cache serves an access, and what goes to memory, is the interpreter's.
class Cache {
 public:
  /// As after power-on: contents random, nothing valid.
  Cache(CacheGeometry geometry, Random random);

  bool is_present() const { return geometry_.bytes != 0; }
  uint32_t refill_words() const { return geometry_.refill_words; }

  /// True iff the word at the address is valid, tagged with its page, and of right parity.
  bool holds(PhysAddr address) const {
    return lines_[index(address)].tag == ((address.value & kTagMask) | kValid);
  }
  /// What stands where the address would: its word, or another's. Absent caches read all ones.
  uint32_t word(PhysAddr address) const { return lines_[index(address)].word; }
  /// The same, 1, 2 or 4 bytes of it, zero-extended. The address is aligned to `width`.
  uint32_t read(PhysAddr address, unsigned width) const {
    uint32_t value = 0;
    std::memcpy(&value, bytes(address), width);
    return value;
  }
  /// True iff the word at the address would hit, but for its parity.
  bool has_parity_error(PhysAddr address) const;

  /// Data, tag and valid bit of one word.
  void fill(PhysAddr address, uint32_t word) {
    lines_[index(address)] = {(address.value & kTagMask) | kValid, word};
  }
  /// Changes 1 to 3 bytes of a word that it holds.
  void merge(PhysAddr address, unsigned width, uint32_t value) {
    std::memcpy(bytes(address), &value, width);
  }
  void invalidate(PhysAddr address) { lines_[index(address)].tag &= ~kValid; }
  /// Valid bits alone: data, tags and parity stay.
  void invalidate_all();
  /// As fill, with all parity bits zero (Status.PZ): an error unless each byte of data and tag has
  /// an even number of ones.
  void fill_without_parity(PhysAddr address, uint32_t word);
  /// Makes the parity of a word wrong, valid or not.
  void spoil_parity(PhysAddr address) { lines_[index(address)].tag |= kBadParity; }

 private:
  /// Side by side: one look brings both.
  struct Line {
    uint32_t tag;
    uint32_t word;
  };

  static constexpr uint32_t kTagMask = ~uint32_t{PAGE_SIZE - 1};
  static constexpr uint32_t kValid = 1;
  static constexpr uint32_t kBadParity = 2;

  size_t index(PhysAddr address) const { return (address.value / 4) & index_mask_; }
  const std::byte* bytes(PhysAddr address) const {
    return reinterpret_cast<const std::byte*>(&lines_[index(address)].word) + address.value % 4;
  }
  std::byte* bytes(PhysAddr address) {
    return reinterpret_cast<std::byte*>(&lines_[index(address)].word) + address.value % 4;
  }

  CacheGeometry geometry_;
  uint32_t index_mask_;
  std::vector<Line> lines_;  // one, never valid, if there is no cache
};

}  // namespace exosim
