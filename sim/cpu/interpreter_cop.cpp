// Coprocessor instructions and exceptions. Coprocessors 2 and 3 are absent: usable when Status says
// so, they read as zero and their conditions are false.
#include "isa/machine/cp0.h"
#include "isa/machine/exceptions.h"
#include "sim/cpu/interpreter_inline.hpp"

namespace exosim {
namespace {

// Sub-operations in the rs field of COPz.
constexpr unsigned kMoveFrom = 0x00;
constexpr unsigned kMoveFromControl = 0x02;
constexpr unsigned kBranch = 0x08;
constexpr unsigned kBranchIfTrue = 1;  // bit 0 of rt

bool is_coprocessor_word(isa::Word word) { return (word.opcode() & ~3u) == 0x10; }

}  // namespace

void Interpreter::raise(const Trap& trap) {
  const TrapSite site{retired_.pc, retired_.in_delay_slot};
  retired_.exception = enter_exception(state_, trap, site);
  next_change_ = 0;
}

bool Interpreter::require_coprocessor(unsigned z) {
  const Cp0Shadow* shadow = state_.shadows.at(state_.steps, &Cp0Shadow::coprocessors_until);
  if (state_.cp0.coprocessor_usable(z, shadow ? shadow->status : state_.cp0.status)) return true;
  raise({.code = EXC_CPU, .coprocessor = static_cast<uint8_t>(z)});
  return false;
}

// Unusable comes before unknown: the word may be the coprocessor's own (test:
// exception_coprocessor_unusable).
void Interpreter::reserved(isa::Word word) {
  if (is_coprocessor_word(word)) {
    if (!require_coprocessor(word.coprocessor())) return;
    if (word.coprocessor() == 1) return unknown_float_operation();
    if (word.coprocessor() != 0) return;
  }
  raise({.code = EXC_RI});
}

void Interpreter::coprocessor(unsigned z, isa::Word word) {
  if (!require_coprocessor(z)) return;
  if (word.rs() == kMoveFrom || word.rs() == kMoveFromControl) issue_load(word.rt(), 0);
  if (word.rs() == kBranch) branch_if(!(word.rt() & kBranchIfTrue), word.offset());
}

// CpCond0 is the write buffer's "empty".
void Interpreter::branch_on_cop0(bool condition, uint32_t offset) {
  if (!require_coprocessor(0)) return;
  branch_if(condition_() == condition, offset);
}

void Interpreter::move_from_cop0(unsigned r, unsigned c) {
  if (!require_coprocessor(0)) return;
  issue_load(r, state_.cp0.read(c, {hardware_interrupts(), state_.steps}));
}

void Interpreter::move_to_cop0(unsigned r, unsigned c) {
  if (!require_coprocessor(0)) return;
  if (c == CP0_STATUS || c == CP0_CAUSE) open_status_shadow();
  if (c == CP0_ENTRYHI && effects_.fetches != 0) open_address_shadow();
  state_.cp0.write(c, gpr(r));
  next_change_ = 0;
  if (c == CP0_STATUS) count_opening();
}

// Before the write. With a distance of 0 the next step sees the effect.
void Interpreter::open_status_shadow() {
  const uint64_t next = state_.steps + 1;
  state_.shadows.open({.status = state_.cp0.status,
                       .cause = state_.cp0.cause,
                       .interrupts_until = next + effects_.interrupts,
                       .coprocessors_until = next + effects_.coprocessors,
                       .caches_until = next + effects_.caches});
}

// Loads and stores use the new address space at once: they are translated later than the fetch.
void Interpreter::open_address_shadow() {
  state_.shadows.open(
      {.entry_hi = state_.cp0.entry_hi, .fetches_until = state_.steps + 1 + effects_.fetches});
}

void Interpreter::tlb_read() {
  if (!require_coprocessor(0)) return;
  const TlbEntry entry = state_.tlb.read((state_.cp0.index & INDEX_MASK) >> INDEX_SHIFT);
  state_.cp0.entry_hi = entry.hi;
  state_.cp0.entry_lo = entry.lo;
  next_change_ = 0;
}

void Interpreter::tlb_write_indexed() {
  if (!require_coprocessor(0)) return;
  write_tlb((state_.cp0.index & INDEX_MASK) >> INDEX_SHIFT);
}

void Interpreter::count_opening() { mode_changes_.openings += interrupts_enabled(state_.cp0); }

void Interpreter::tlb_write_random() {
  if (!require_coprocessor(0)) return;
  write_tlb(random_entry(state_.steps));
}

void Interpreter::write_tlb(unsigned index) {
  views_.forget(state_.tlb.read(index).hi);
  views_.forget(state_.cp0.entry_hi);
  fetch_view_ = {};
  state_.tlb.write(index, {state_.cp0.entry_hi, state_.cp0.entry_lo});
  viewed_tlb_.write(index, state_.tlb.read(index));
}

// A miss keeps the index field: the manual leaves it open.
void Interpreter::tlb_probe() {
  if (!require_coprocessor(0)) return;
  const TlbMatch match = find_entry(state_, state_.cp0.entry_hi);
  next_change_ = 0;  // two matches shut the TLB down
  if (match) {
    state_.cp0.index = static_cast<uint32_t>(match.index) << INDEX_SHIFT;
  } else {
    state_.cp0.index |= INDEX_P;
  }
}

// Takes effect for the next instruction, so in `jr k0; rfe` for the first at the target.
void Interpreter::restore_from_exception() {
  if (!require_coprocessor(0)) return;
  state_.cp0.pop_mode();
  next_change_ = 0;
  mode_changes_.targets[mode_changes_.returns++ % ModeChanges::kTargets] = state_.pc;
  count_opening();
}

}  // namespace exosim
