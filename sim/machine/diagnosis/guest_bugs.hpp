// Errors of the guest that the machine survives and its software may not have noticed: one table of
// names, and one report per bug and place in the program.
#pragma once

#include <array>
#include <bitset>
#include <cstddef>
#include <cstdint>
#include <optional>
#include <set>
#include <span>
#include <string>
#include <string_view>
#include <utility>

#include "sim/base/types.hpp"
#include "sim/bus/bus.hpp"
#include "sim/cpu/retired.hpp"
#include "sim/cpu/state.hpp"
#include "sim/machine/diagnosis/name_list.hpp"

namespace exosim {

enum class GuestBug : uint8_t {
  kUnalignedJump,
  kReservedInstruction,
  kKernelAddressError,
  kAbsentAddress,
  kRomWrite,
  kTlbShutdown,
  kStaleWord,
  kHazard,
};
inline constexpr size_t kGuestBugCount = 8;

/// By the number of the GuestBug.
using GuestBugSet = std::bitset<kGuestBugCount>;

/// In the order of GuestBug.
std::span<const NamedRow, kGuestBugCount> guest_bug_table();

/// The table for people, and as Markdown.
std::string guest_bugs_text();
std::string guest_bugs_markdown();

/// Reads "rom-write,tlb-shutdown" or "all" into `bugs`; a message if that cannot be.
std::optional<std::string> read_guest_bugs(const std::string& text, GuestBugSet& bugs);

/// The bug that the step shows, if any, apart from the last three, which no step does alone. Asked
/// after an exception and after an access to anything but RAM.
std::optional<GuestBug> guest_bug_of(const Retired& retired);

/// What was done and what was expected, on one line, without the place. Of those that a step shows
/// by itself.
std::string describe_bug(GuestBug bug, const Retired& retired, const Bus& bus);
/// The same, of kTlbShutdown: the step translated or probed, and left `state`.
std::string describe_tlb_shutdown(const Retired& retired, const CpuState& state);

/// Remembers what was reported.
class GuestBugLog {
 public:
  /// True the first time for this bug at this code, until there are too many of it.
  bool is_new(GuestBug bug, PhysAddr code);
  /// True iff what is_new() just allowed is the last that it allows of this bug.
  bool is_last(GuestBug bug) const { return counts_[index(bug)] == kMaxPlaces; }

 private:
  /// A guest that makes its own code has as many places as it likes.
  static constexpr unsigned kMaxPlaces = 20;
  static size_t index(GuestBug bug) { return static_cast<size_t>(bug); }

  std::set<std::pair<GuestBug, PhysAddr>> seen_;
  std::array<unsigned, kGuestBugCount> counts_{};
};

}  // namespace exosim
