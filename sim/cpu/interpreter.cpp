// One step: interrupt, fetch, decode, execute, and the record of it.
#include "sim/cpu/interpreter.hpp"

#include <algorithm>
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

Interpreter::Interpreter(Bus& bus, const InterruptPins& pins, const CpuModel& model, Random& random)
    : bus_(bus),
      pins_(pins),
      partial_store_(model.partial_store),
      effects_(model.effects),
      instruction_cache_(model.instruction_cache, Random(random.double_word())),
      data_cache_(model.data_cache, Random(random.double_word())),
      views_(bus.ram()),
      fpu_config_(model.fpu) {}

const Retired& Interpreter::step() {
  begin_step();
  // An interrupt comes before a fault of the fetch (PSX-SPX, exception priority).
  if (interrupt_pending() && interrupt_confirmed()) [[unlikely]] {
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
  if (state_.steps >= next_change_) [[unlikely]]
    notice_changes();
  arriving_ = take_arriving_load(state_);
  retired_.pc = state_.pc;
  retired_.in_delay_slot = state_.in_delay_slot;
  retired_.branch_taken = false;
  retired_.fetch_refill = 0;
  retired_.dest = 0;
  retired_.dest_value = 0;
}

bool Interpreter::interrupt_confirmed() {
  refresh_fpu_interrupt();
  return interrupt_pending();
}

inline bool Interpreter::fetch() {
  const uint32_t pc = state_.pc.value;
  constexpr uint32_t kPageOffset = PAGE_SIZE - 1;
  if (((pc & (ENTRYHI_VPN_MASK | 3)) | fetch_context_) != fetch_view_.load_key) [[unlikely]] {
    return fetch_slowly();
  }
  const PhysAddr phys{fetch_view_.phys_page | (pc & kPageOffset)};
  retired_.fetched_from = phys;
  retired_.fetch_cached = fetch_view_.fetch_cached;
  if (!retired_.fetch_cached) {
    std::memcpy(&retired_.word.bits, fetch_view_.host + (pc & kPageOffset), 4);
  } else {
    if (!fetch_side_->holds(phys) && !refill_fetch(phys)) [[unlikely]]
      return false;
    retired_.word.bits = fetch_side_->word(phys);
  }
  retired_.fetched = true;
  return true;
}

bool Interpreter::fetch_slowly() {
  const VirtAddr pc = state_.pc;
  // Alignment comes before the TLB (test: branch_delay_misaligned_target).
  if (pc.value % 4 != 0) return refuse_fetch({.code = EXC_ADEL, .bad_address = pc});
  const uint32_t key = (pc.value & ENTRYHI_VPN_MASK) | fetch_context_;
  if (views_.slot(key).load_key != key) {
    const Translation at =
        translate(state_, pc, AccessKind::kFetch, fetch_context_ & ENTRYHI_ASID_MASK);
    if (!at.ok) return refuse_fetch(at.trap);
    views_.remember(key, at, presence_);
    if (views_.slot(key).load_key != key) return fetch_from(at.phys, at.cached);
  }
  fetch_view_ = views_.slot(key);
  return fetch();
}

CpuState& Interpreter::edit_state() {
  fetch_view_ = {};
  edited_ = true;
  next_change_ = 0;
  fpu_interrupt_ = static_cast<uint8_t>(1u << fpu_config_.interrupt);
  return state_;
}

void Interpreter::notice_changes() {
  const Cp0& cp0 = state_.cp0;
  const Cp0Shadow* old = state_.shadows.at(state_.steps, &Cp0Shadow::interrupts_until);
  const Cp0Shadow* old_caches = state_.shadows.at(state_.steps, &Cp0Shadow::caches_until);
  const Cp0Shadow* old_fetches = state_.shadows.at(state_.steps, &Cp0Shadow::fetches_until);
  next_change_ = ~uint64_t{0};
  notice_shadow_end(old, &Cp0Shadow::interrupts_until);
  notice_shadow_end(old_caches, &Cp0Shadow::caches_until);
  notice_shadow_end(old_fetches, &Cp0Shadow::fetches_until);
  // In the shadow of mtc0 what it has replaced still counts: an interrupt that it lets through
  // comes later, one that it shuts out may still come (tests: InterruptShadow.*).
  const uint32_t status = old ? old->status : cp0.status;
  enabled_interrupts_ = status & STATUS_IEC ? status & STATUS_IM_MASK : 0;
  software_interrupts_ = (old ? old->cause : cp0.cause) & CAUSE_SW_MASK;
  cache_control_ = old_caches ? old_caches->status : cp0.status;
  context_ = page_context(cp0, cache_control_);
  const uint32_t fetch_hi = old_fetches ? old_fetches->entry_hi : cp0.entry_hi;
  fetch_context_ = (context_ & ~uint32_t{ENTRYHI_ASID_MASK}) | (fetch_hi & ENTRYHI_ASID_MASK);
  retired_.user_mode = cp0.user_mode();
  retired_.asid = static_cast<uint8_t>(cp0.asid());
  select_caches();
  if (edited_) notice_edits();
}

void Interpreter::notice_shadow_end(const Cp0Shadow* shadow, uint64_t Cp0Shadow::*until) {
  if (shadow) next_change_ = std::min(next_change_, shadow->*until);
}

void Interpreter::notice_edits() {
  edited_ = false;
  if (state_.tlb == viewed_tlb_) return;
  viewed_tlb_ = state_.tlb;
  views_.forget_all();
}

// Code outside RAM (the boot PROM, or nothing), or a context in which views are not kept.
bool Interpreter::fetch_from(PhysAddr phys, bool cached) {
  retired_.fetch_cached = cached && fetch_side_->is_present();
  if (retired_.fetch_cached) {
    if (!fetch_side_->holds(phys) && !refill_fetch(phys)) return false;
    retired_.word = {fetch_side_->word(phys)};
  } else {
    const BusAccess access = bus_.read(phys, 4);
    if (!access.ok) return refuse_fetch({.code = EXC_IBE});
    retired_.word = {access.value};
  }
  retired_.fetched = true;
  retired_.fetched_from = phys;
  return true;
}

bool Interpreter::refill_fetch(PhysAddr phys) {
  if (!refill(*fetch_side_, phys).ok) return refuse_fetch({.code = EXC_IBE});
  retired_.fetch_refill = static_cast<uint8_t>(fetch_side_->refill_words());
  return true;
}

bool Interpreter::refuse_fetch(const Trap& trap) {
  clear_instruction();
  raise(trap);
  return false;
}

void Interpreter::clear_instruction() {
  retired_.fetched = false;
  retired_.fetch_cached = false;
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
