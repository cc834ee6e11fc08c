// Finds the use of stale words: the caches of an R3000 know nothing of what the other one, a DMA
// engine or an uncached store has written behind them.
#pragma once

#include <cstdint>
#include <optional>
#include <set>
#include <string>
#include <vector>

#include "sim/base/types.hpp"
#include "sim/bus/ram.hpp"
#include "sim/cpu/cpu.hpp"
#include "sim/cpu/retired.hpp"

namespace exosim {

/// A word that was used although memory has another one.
struct StaleWord {
  bool is_code = false;
  VirtAddr virt;
  PhysAddr phys;
  uint32_t cached = 0;
  uint32_t in_memory = 0;
  std::optional<VirtAddr>
      written_at;  // the store that changed memory; none: a device or the loader

  /// "load of a stale word at 0x80008000 (physical 0x00008000): the cache has 0x1, memory 0x2 ..."
  std::string text() const;
};

/// Follows every step of one processor.
class CoherenceChecker {
 public:
  CoherenceChecker(const Cpu& cpu, const Ram& ram);

  /// The stale word that the step used, the first time that it is used since it became stale.
  std::optional<StaleWord> look(const Retired& retired);

 private:
  std::optional<StaleWord> check(bool is_code, VirtAddr virt, PhysAddr phys, uint32_t cached);
  std::optional<StaleWord> check_load(const DataAccess& load);
  void note_store(VirtAddr pc, const DataAccess& store);

  const Cpu& cpu_;
  const Ram& ram_;
  std::vector<uint32_t> stores_;  // by word of RAM: pc of the last store plus 1; 0: none
  std::set<uint32_t> reported_;   // physical addresses of words, while they are stale
};

}  // namespace exosim
