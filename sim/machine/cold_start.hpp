// Operations that are measured from cold caches and TLB: where they begin, and the emptying there.
#pragma once

#include <bitset>
#include <cstddef>
#include <cstdint>
#include <optional>
#include <set>
#include <string>
#include <string_view>
#include <utility>
#include <variant>
#include <vector>

#include "sim/base/result.hpp"
#include "sim/base/types.hpp"
#include "sim/bus/bus.hpp"
#include "sim/cpu/cpu.hpp"
#include "sim/cpu/retired.hpp"
#include "sim/observe/code_map.hpp"

namespace exosim {

/// A request of the run to the machine: it costs the guest no instruction and changes neither its
/// registers nor its memory. Both caches lose all valid bits, the TLB those entries that tlbwr
/// replaces: what a guest has wired, it does not expect to miss and may be unable to load again.
///
/// The emptying causes TLB misses, whose handlers may come to the same or to another such place
/// before the instruction that missed is tried again. So that the guest gets on, a place begins
/// cold again only when the instructions have completed that had missed when it last did.
class ColdStart {
 public:
  /// Every BEGIN that asks for it itself (MARKER_OP_BEGIN_COLD).
  void add_marked(const CodeMap& code);
  /// Every BEGIN of the operations, in whatever image: names with commas between them. Where a name
  /// has a comma itself, the longest that there is counts. Refuses a name that none has, with the
  /// nearest.
  Result<std::monostate> add(const CodeMap& code, std::string_view operations);
  bool empty() const { return sites_.empty(); }

  /// Before each step: empties if an operation begins cold with it, whose place it returns.
  std::optional<PhysAddr> prepare(Cpu& cpu, const Bus& bus);
  /// After each step.
  void finish(const Retired& retired);

 private:
  /// An instruction that a TLB miss has put off.
  struct PutOff {
    VirtAddr restart;  // the branch, if it stands in a delay slot
    VirtAddr pc;
    unsigned space;
    std::set<uint32_t> begun;  // places, physical, that have begun cold since
  };

  static constexpr size_t kFilterBits = 4096;
  static size_t filter_bit(uint32_t virt) { return virt / 4 % kFilterBits; }

  void add_named(const CodeMap& code, const std::string& operation);
  void add_site(const CodeRange& range, const Marker& marker);
  std::optional<PhysAddr> site_at(const Cpu& cpu, const Bus& bus) const;
  bool may_begin(PhysAddr site, unsigned asid) const;
  void put_off(const Retired& retired);

  std::set<std::pair<uint32_t, uint32_t>> sites_;  // virtual and physical address
  std::bitset<kFilterBits> filter_;                // of their virtual addresses
  std::optional<PhysAddr> at_site_;                // of the step in progress
  std::vector<PutOff> put_off_;                    // the oldest first
};

}  // namespace exosim
