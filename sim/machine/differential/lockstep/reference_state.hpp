// The state of the reference processor, and what one of its steps did, as plain numbers: what is
// compared with the simulator's processor after each step.
#pragma once

#include <array>
#include <cstdint>
#include <string>

namespace exosim::lockstep {

inline constexpr unsigned kTlbEntries = 64;

/// Between two steps. What has no meaning is 0, so that equal machines have equal states.
struct ReferenceState {
  std::array<uint32_t, 32> gpr{};
  uint32_t load_register = 0;  // of the load that the next instruction does not see; 0: none
  uint32_t load_value = 0;
  uint32_t hi = 0;
  uint32_t lo = 0;
  uint32_t pc = 0;
  uint32_t next_pc = 0;
  bool in_slot = false;
  uint32_t branch = 0;  // whose slot it is

  uint32_t index = 0;
  uint32_t entry_lo = 0;
  uint32_t context = 0;
  uint32_t bad_vaddr = 0;
  uint32_t entry_hi = 0;
  uint32_t status = 0;
  uint32_t cause = 0;  // without IP7..2
  uint32_t epc = 0;
  uint32_t prid = 0;
  std::array<uint32_t, kTlbEntries> tlb_hi{};
  std::array<uint32_t, kTlbEntries> tlb_lo{};

  uint64_t steps = 0;
  uint64_t steps_without_instruction = 0;
  uint64_t interrupts_from = 0;  // the first step to which the last mtc0 counts for interrupts
  uint32_t old_status = 0;       // what counts before it
  uint32_t old_cause = 0;

  friend bool operator==(const ReferenceState&, const ReferenceState&) = default;
};

enum class Access : uint8_t { kNone, kFetch, kLoad, kStore };

/// One step. Of an access that did not happen, everything is 0.
struct StepOutcome {
  uint32_t pc = 0;
  bool in_slot = false;
  bool user_mode = false;
  uint32_t asid = 0;
  bool fetched = false;
  uint32_t fetched_from = 0;
  bool fetch_cached = false;
  uint32_t fetch_refill = 0;  // words
  uint32_t word = 0;
  bool branch_taken = false;
  uint32_t destination = 0;
  uint32_t result = 0;

  Access access = Access::kNone;
  uint32_t width = 0;
  uint32_t address = 0;
  uint32_t phys = 0;
  uint32_t value = 0;
  bool cached = false;  // in a cache that is there, or isolated
  bool isolated = false;
  uint32_t load_refill = 0;  // words
  bool bus_error = false;

  bool exception = false;
  uint32_t code = 0;
  bool refill = false;

  friend bool operator==(const StepOutcome&, const StepOutcome&) = default;
};

/// What differs, a line for each field; empty if nothing does.
std::string difference(const ReferenceState& expected, const ReferenceState& actual);
std::string difference(const StepOutcome& expected, const StepOutcome& actual);

}  // namespace exosim::lockstep
