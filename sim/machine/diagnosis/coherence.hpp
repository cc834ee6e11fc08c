// Finds the use of stale words: the caches of an R3000 know nothing of what the other one, a DMA
// engine or an uncached store has written behind them.
#pragma once

#include <cstdint>
#include <optional>
#include <set>
#include <string>
#include <utility>
#include <vector>

#include "sim/base/types.hpp"
#include "sim/bus/ram.hpp"
#include "sim/cpu/cpu.hpp"
#include "sim/cpu/retired.hpp"
#include "sim/observe/code_map.hpp"

namespace exosim {

/// The instruction of a store.
struct StorePlace {
  VirtAddr pc;
  PhysAddr code;  // where it was fetched from
};

/// A word that was used although memory has another one.
struct StaleWord {
  bool is_code = false;
  VirtAddr virt;
  PhysAddr phys;
  uint32_t cached = 0;
  uint32_t in_memory = 0;
  /// The last store to the word, if memory has from it what the cache has not. None: a device, the
  /// loader, or an earlier store to other bytes of the word.
  std::optional<StorePlace> written_at;

  /// "load of a stale word at 0x80008000 (physical 0x00008000): the cache has 0x1, memory 0x2, from
  /// the store at 0x80001234 copy+0x10 (libos/copy.cpp:12)"; `code` knows the store's symbol and
  /// line.
  std::string text(const CodeMap& code) const;
};

/// Follows every step of one processor.
class CoherenceChecker {
 public:
  CoherenceChecker(const Cpu& cpu, const Ram& ram);

  /// The stale word that the step used, the first time that it is used since it became stale. Asked
  /// before anything but the step writes to memory.
  std::optional<StaleWord> look(const Retired& retired);

 private:
  std::optional<StaleWord> check(bool is_code, VirtAddr virt, PhysAddr phys, uint32_t cached);
  std::optional<StaleWord> check_load(const DataAccess& load);
  bool is_in_instruction_cache(bool is_code) const;
  void note_store(StorePlace place, const DataAccess& store);

  /// The last store to a word; none, if its mask is 0.
  struct LastStore {
    StorePlace place;
    uint32_t mask = 0;  // the bytes of the word that it wrote
    uint32_t bits = 0;  // with what
  };

  const Cpu& cpu_;
  const Ram& ram_;
  std::vector<LastStore> stores_;                 // by word of RAM
  std::set<std::pair<bool, PhysAddr>> reported_;  // in the instruction cache?, word: while stale
};

}  // namespace exosim
