// See guest_bugs.hpp.
#include "sim/machine/diagnosis/guest_bugs.hpp"

#include <fmt/format.h>

#include <array>
#include <vector>

#include "isa/machine/cp0.h"
#include "isa/machine/exceptions.h"

namespace exosim {
namespace {

constexpr std::array<NamedRow, kGuestBugCount> kRows = {{
    {"unaligned-jump", "a jump to an address that is not a multiple of 4, in any mode"},
    {"reserved-instruction", "kernel mode executes a word that is no instruction"},
    {"kernel-address-error", "a load or store of kernel mode is not aligned to its size"},
    {"absent-address",
     "a load, store or fetch where nothing answers, or that a device refuses; "
     "kernels that look for devices do it on purpose"},
    {"rom-write", "a store to read-only memory, which keeps what it holds"},
    {"tlb-shutdown", "two TLB entries match one address: the TLB answers no more until reset"},
    {"stale-word", "a cache gives a word that memory has no longer (turns --check coherence on)"},
    {"hazard", "an instruction too close behind one that it depends on (turns --check hazards on)"},
}};

std::optional<GuestBug> bug_of_exception(const Retired& retired) {
  switch (retired.exception.code) {
    case EXC_ADEL:
    case EXC_ADES:
      if (!retired.fetched)
        return retired.pc.value % 4 == 0 ? std::nullopt : std::optional(GuestBug::kUnalignedJump);
      return retired.user_mode ? std::nullopt : std::optional(GuestBug::kKernelAddressError);
    case EXC_RI:
      return retired.user_mode ? std::nullopt : std::optional(GuestBug::kReservedInstruction);
    case EXC_IBE:
    case EXC_DBE:
      return GuestBug::kAbsentAddress;
    default:
      return std::nullopt;
  }
}

std::string describe_absent(const Retired& retired, const Bus& bus) {
  if (!retired.fetched)
    return fmt::format("fetch from {:#010x}, where nothing answers; expected code",
                       retired.pc.value);
  const DataAccess& data = retired.data;
  const std::string access = fmt::format(
      "{}-byte {} at {:#010x} (physical {:#010x})", unsigned{data.width},
      data.kind == DataAccess::Kind::kStore ? "store" : "load", data.virt.value, data.phys.value);
  const std::string_view device = bus.region_name(data.phys);
  if (device.empty()) return access + ", where nothing answers; expected memory or a device";
  return fmt::format("{}, which the device {} refuses; expected a register of this size", access,
                     device);
}

std::string describe_rom_write(const Retired& retired, const Bus& bus) {
  const DataAccess& data = retired.data;
  return fmt::format(
      "store of {:#x} to {:#010x} (physical {:#010x}), which {} does not take; expected memory "
      "that can be written",
      data.value, data.virt.value, data.phys.value, bus.region_name(data.phys));
}

}  // namespace

std::span<const NamedRow, kGuestBugCount> guest_bug_table() { return kRows; }

std::string guest_bugs_text() {
  std::string text;
  for (const NamedRow& row : kRows) text += fmt::format("{:<22}{}\n", row.name, row.doc);
  return text;
}

std::string guest_bugs_markdown() {
  std::string text = "| bug | what it is |\n|---|---|\n";
  for (const NamedRow& row : kRows) text += fmt::format("| `{}` | {} |\n", row.name, row.doc);
  return text;
}

std::optional<std::string> read_guest_bugs(const std::string& text, GuestBugSet& bugs) {
  return read_names(text, "bug", kRows, [&](size_t index) { bugs.set(index); });
}

std::optional<GuestBug> guest_bug_of(const Retired& retired) {
  if (retired.exception.taken) return bug_of_exception(retired);
  const DataAccess& data = retired.data;
  if (data.kind != DataAccess::Kind::kStore) return std::nullopt;
  if (data.bus_error) return GuestBug::kAbsentAddress;
  if (data.target == BusTarget::kRom) return GuestBug::kRomWrite;
  return std::nullopt;
}

std::string describe_bug(GuestBug bug, const Retired& retired, const Bus& bus) {
  switch (bug) {
    case GuestBug::kUnalignedJump:
      return fmt::format("jump to {:#010x}; expected a multiple of 4", retired.pc.value);
    case GuestBug::kReservedInstruction:
      return fmt::format("the word {:#010x}; expected an instruction", retired.word.bits);
    case GuestBug::kKernelAddressError:
      return fmt::format("{} at {:#010x}; expected an address aligned to its size",
                         retired.exception.code == EXC_ADES ? "store" : "load",
                         retired.exception.bad_address.value);
    case GuestBug::kAbsentAddress:
      return describe_absent(retired, bus);
    case GuestBug::kRomWrite:
      return describe_rom_write(retired, bus);
    case GuestBug::kTlbShutdown:
    case GuestBug::kStaleWord:
    case GuestBug::kHazard:
      break;
  }
  return {};
}

std::string describe_tlb_shutdown(const Retired& retired, const CpuState& state) {
  const uint32_t asid = state.cp0.entry_hi & ENTRYHI_ASID_MASK;
  // tlbp searches for what EntryHi has.
  const uint32_t hi = retired.exception.taken
                          ? (retired.exception.bad_address.value & ENTRYHI_VPN_MASK) | asid
                          : state.cp0.entry_hi;
  std::vector<unsigned> entries;
  for (unsigned index = 0; index < TLB_ENTRIES; ++index) {
    const TlbEntry entry = state.tlb.read(index);
    const bool same_space = (entry.lo & ENTRYLO_G) || ((entry.hi ^ hi) & ENTRYHI_ASID_MASK) == 0;
    if (same_space && ((entry.hi ^ hi) & ENTRYHI_VPN_MASK) == 0) entries.push_back(index);
  }
  return fmt::format(
      "two TLB entries match one address, {:#010x} in address space {}: {}; the TLB is shut down; "
      "expected one at most",
      hi & ENTRYHI_VPN_MASK, asid >> ENTRYHI_ASID_SHIFT, fmt::join(entries, " and "));
}

bool GuestBugLog::is_new(GuestBug bug, PhysAddr code) {
  unsigned& count = counts_[index(bug)];
  if (count == kMaxPlaces || !seen_.emplace(bug, code).second) return false;
  ++count;
  return true;
}

}  // namespace exosim
