// The translation look-aside buffer: 64 entries, fully associative, 4 KiB pages, written by
// software. Follows docs/machine.md, "The TLB".
#pragma once

#include <array>
#include <cstdint>

#include "isa/machine/cp0.h"
#include "sim/base/random.hpp"

namespace exosim {

/// One entry, as EntryHi and EntryLo show it.
struct TlbEntry {
  uint32_t hi = 0;
  uint32_t lo = 0;
  friend bool operator==(const TlbEntry&, const TlbEntry&) = default;
};

/// The outcome of a search.
struct TlbMatch {
  int index = -1;          // the lowest that matches; -1 if none does
  bool duplicate = false;  // more than one matches: the hardware shuts the TLB down

  explicit operator bool() const { return index >= 0; }
};

/// The entries, searched by virtual page and address space.
class Tlb {
 public:
  /// Entries as after reset: garbage, but pairwise different and in kseg0, so that no translation
  /// can match one.
  void reset(Random& random);
  TlbEntry read(unsigned index) const { return {hi_[index], lo_[index]}; }
  void write(unsigned index, TlbEntry entry);
  /// Entries whose page is that of `hi` and which are global or have the ASID of `hi`. Whether
  /// they are valid plays no part.
  TlbMatch find(uint32_t hi) const;

  friend bool operator==(const Tlb&, const Tlb&) = default;

 private:
  std::array<uint32_t, TLB_ENTRIES> hi_{};
  std::array<uint32_t, TLB_ENTRIES> lo_{};
};

}  // namespace exosim
