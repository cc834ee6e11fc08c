// One step: interrupt, fetch, decode, execute, and the record of it.
#include "sim/cpu/interpreter.hpp"

#include <array>
#include <cstddef>

#include "isa/decoder.hpp"
#include "isa/instructions.hpp"
#include "isa/machine/cp0.h"
#include "sim/cpu/interpreter_inline.hpp"

namespace exosim {
namespace {

struct Handler {
  void (*execute)(Interpreter&, isa::Word);
  isa::OpClass op_class;
};

constexpr auto make_handlers() {
  const auto& rows = isa::kInstructions<Interpreter>;
  std::array<Handler, 256> handlers{};
  handlers.fill(
      {[](Interpreter& m, isa::Word word) { m.reserved(word); }, isa::OpClass::kReserved});
  for (size_t id = 0; id < rows.size(); ++id) {
    handlers[id] = {rows[id].execute, rows[id].op_class};
  }
  return handlers;
}

/// By InsnId.
constexpr std::array<Handler, 256> kHandlers = make_handlers();

}  // namespace

const Retired& Interpreter::step() {
  begin_step();
  // An interrupt comes before a fault of the fetch (hardware.md 1.2).
  if (interrupt_pending()) [[unlikely]] {
    clear_instruction();
    raise({.code = EXC_INT});
  } else if (fetch()) [[likely]] {
    execute();
  }
  end_step();
  return retired_;
}

inline void Interpreter::begin_step() {
  if (retired_.data.kind != DataAccess::Kind::kNone) retired_.data = {};
  if (retired_.exception.taken) [[unlikely]]
    retired_.exception = {};
  context_ = page_context(state_.cp0);
  arriving_ = take_arriving_load(state_);
  retired_.pc = state_.pc;
  retired_.in_delay_slot = state_.in_delay_slot;
  retired_.user_mode = state_.cp0.user_mode();
  retired_.asid = static_cast<uint8_t>(context_ >> ENTRYHI_ASID_SHIFT);
  retired_.branch_taken = false;
  retired_.dest = 0;
  retired_.dest_value = 0;
}

// mtc0 to Status or Cause lets one more instruction pass (test: cp0_interrupt_shadow).
inline bool Interpreter::interrupt_pending() const {
  const Cp0& cp0 = state_.cp0;
  if (!(cp0.status & STATUS_IEC)) return false;
  const uint32_t pending = pending_interrupts(cp0.cause, pins_.level()) & cp0.status;
  return (pending & CAUSE_IP_MASK) != 0 && state_.steps >= state_.shadow_end;
}

inline bool Interpreter::fetch() {
  const uint32_t pc = state_.pc.value;
  constexpr uint32_t kPageOffset = PAGE_SIZE - 1;
  if (((pc & (ENTRYHI_VPN_MASK | 3)) | context_) != fetch_view_.load_key) [[unlikely]] {
    return fetch_slowly();
  }
  std::memcpy(&retired_.word.bits, fetch_view_.host + (pc & kPageOffset), 4);
  retired_.fetched_from = {fetch_view_.phys_page | (pc & kPageOffset)};
  retired_.fetched = true;
  return true;
}

bool Interpreter::fetch_slowly() {
  if (tlb_edited_) notice_edited_tlb();
  const VirtAddr pc = state_.pc;
  // Alignment comes before the TLB (test: branch_delay_misaligned_target).
  if (pc.value % 4 != 0) return refuse_fetch({.code = EXC_ADEL, .bad_address = pc});
  const uint32_t key = page_key(pc);
  if (views_.slot(key).load_key != key) {
    const Translation at = translate(state_, pc, AccessKind::kFetch);
    if (!at.ok) return refuse_fetch(at.trap);
    views_.remember(key, at);
    if (views_.slot(key).load_key != key) return fetch_from_bus(at.phys);
  }
  fetch_view_ = views_.slot(key);
  return fetch();
}

CpuState& Interpreter::edit_state() {
  fetch_view_ = {};
  tlb_edited_ = true;
  return state_;
}

void Interpreter::notice_edited_tlb() {
  tlb_edited_ = false;
  if (state_.tlb == viewed_tlb_) return;
  viewed_tlb_ = state_.tlb;
  views_.forget_all();
}

// Code outside RAM: the boot PROM, or nothing.
bool Interpreter::fetch_from_bus(PhysAddr phys) {
  const BusAccess access = bus_.read(phys, 4);
  if (!access.ok) return refuse_fetch({.code = EXC_IBE});
  retired_.fetched = true;
  retired_.fetched_from = phys;
  retired_.word = {access.value};
  return true;
}

bool Interpreter::refuse_fetch(const Trap& trap) {
  clear_instruction();
  raise(trap);
  return false;
}

void Interpreter::clear_instruction() {
  retired_.fetched = false;
  retired_.fetched_from = {};
  retired_.word = {};
  retired_.insn = isa::kReservedInsn;
  retired_.op_class = isa::OpClass::kReserved;
}

inline void Interpreter::execute() {
  const isa::Word word = retired_.word;
  const isa::InsnId id = isa::decode(word);
  const Handler& handler = kHandlers[id];
  retired_.insn = id;
  retired_.op_class = handler.op_class;
  advance_pc(state_);
  handler.execute(*this, word);
}

inline void Interpreter::end_step() {
  complete_arriving_load(state_, arriving_);
  retired_.next_pc = state_.pc;
  ++state_.steps;
  if (retired_.exception.taken) [[unlikely]]
    state_.uncounted_steps += !retired_.counts_as_instruction();
}

}  // namespace exosim
