// The step, exceptions, and the instructions that stay inside the processor.
#include "sim/machine/differential/lockstep/reference_processor.hpp"

namespace exosim::lockstep {

using enum Code;

namespace {

int32_t as_signed(uint32_t value) { return static_cast<int32_t>(value); }

}  // namespace

Fields::Fields(uint32_t word)
    : op(word >> 26),
      rs(word >> 21 & 31),
      rt(word >> 16 & 31),
      rd(word >> 11 & 31),
      shamt(word >> 6 & 31),
      funct(word & 63),
      index(word & 0x3ffffff),
      unsigned_immediate(word & 0xffff),
      immediate(static_cast<uint32_t>(static_cast<int16_t>(word & 0xffff))) {}

const StepOutcome& ReferenceProcessor::step() {
  step_ = {.pc = state_.pc,
           .in_slot = state_.in_slot,
           .user_mode = (state_.status & kUserMode) != 0,
           .asid = state_.entry_hi >> 6 & 63};
  slot_of_ = state_.branch;
  after_ = state_.gpr;
  after_[state_.load_register] = state_.load_value;
  state_.load_register = 0;
  state_.load_value = 0;
  if (interrupted()) {
    raise(kInt);
  } else {
    fetch_and_execute();
  }
  state_.gpr = after_;
  state_.gpr[0] = 0;
  ++state_.steps;
  // Sys and Bp are how syscall and break complete.
  const auto code = static_cast<Code>(step_.code);
  if (step_.exception && code != kSys && code != kBp) ++state_.steps_without_instruction;
  return step_;
}

bool ReferenceProcessor::interrupted() const {
  const bool written = state_.steps >= state_.interrupts_from;
  const uint32_t status = written ? state_.status : state_.old_status;
  const uint32_t pending = ((written ? state_.cause : state_.old_cause) & 0x300) | (pins_ << 8);
  return (status & kInterruptsOn) && (pending & status & 0xff00);
}

void ReferenceProcessor::fetch_and_execute() {
  if (state_.pc & 3) return raise(kAdel, state_.pc);
  const Place place = translate(state_.pc, Access::kFetch);
  if (!place.ok) return;
  uint32_t word = 0;
  if (!fetch(place, word)) return raise(kIbe);
  step_.fetched = true;
  step_.fetched_from = place.phys;
  step_.word = word;
  state_.pc = state_.next_pc;
  state_.next_pc = state_.pc + 4;
  state_.in_slot = false;
  state_.branch = 0;
  execute(Fields(word));
}

void ReferenceProcessor::execute(const Fields& f) {
  if (f.op == 0x00) return special(f);
  if (f.op == 0x01) return branch_on_sign(f);
  if (f.op <= 0x03) return jump(f);
  if (f.op <= 0x07) return branch(f);
  if (f.op <= 0x0f) return immediate_arithmetic(f);
  if (f.op <= 0x13) return coprocessor_operation(f);
  if (f.op >= 0x20 && f.op <= 0x26) return load(f);
  if ((f.op >= 0x28 && f.op <= 0x2b) || f.op == 0x2e) return store(f);
  if ((f.op >= 0x30 && f.op <= 0x33) || (f.op >= 0x38 && f.op <= 0x3b))
    return coprocessor_load_or_store(f);
  raise(kRi);
}

void ReferenceProcessor::raise(Code code, uint32_t bad_address, bool refill, uint32_t coprocessor) {
  step_.exception = true;
  const auto number = static_cast<uint32_t>(code);
  step_.code = number;
  step_.refill = refill;
  const uint32_t delayed = step_.in_slot ? 0x80000000 : 0;
  state_.epc = step_.in_slot ? slot_of_ : step_.pc;
  state_.cause = (state_.cause & 0x300) | delayed | (coprocessor << 28) | (number << 2);
  if (code >= kMod && code <= kAdes) state_.bad_vaddr = bad_address;
  if (code >= kMod && code <= kTlbs) {
    state_.context = (state_.context & 0xffe00000) | (bad_address >> 12 & 0x7ffff) << 2;
    state_.entry_hi = (bad_address & 0xfffff000) | (state_.entry_hi & 0xfc0);
  }
  const uint32_t base = state_.status & kBootVectors ? 0xbfc00100 : 0x80000000;
  state_.status = (state_.status & ~0x3fu) | (state_.status << 2 & 0x3c);
  state_.pc = base + (refill ? 0 : 0x80);
  state_.next_pc = state_.pc + 4;
  state_.in_slot = false;
  state_.branch = 0;
  state_.interrupts_from = state_.old_status = state_.old_cause = 0;
}

void ReferenceProcessor::write(uint32_t reg, uint32_t value) {
  after_[reg] = value;
  step_.destination = reg;
  step_.result = reg == 0 ? 0 : value;
}

void ReferenceProcessor::write_late(uint32_t reg, uint32_t value) {
  after_[reg] = state_.gpr[reg];  // what was in flight to it is lost
  state_.load_register = reg;
  state_.load_value = reg == 0 ? 0 : value;
  step_.destination = reg;
  step_.result = state_.load_value;
}

void ReferenceProcessor::write_unless_overflow(uint32_t reg, int64_t sum) {
  if (sum != static_cast<int32_t>(sum)) return raise(kOv);
  write(reg, static_cast<uint32_t>(sum));
}

void ReferenceProcessor::go(bool taken, uint32_t target) {
  state_.in_slot = true;
  state_.branch = step_.pc;
  if (taken) state_.next_pc = target;
  step_.branch_taken = taken;
}

void ReferenceProcessor::special(const Fields& f) {
  if (f.funct <= 0x0d) return shift_or_jump(f);
  if (f.funct <= 0x1b) return multiply_or_divide(f);
  arithmetic(f);
}

void ReferenceProcessor::shift_or_jump(const Fields& f) {
  const uint32_t s = state_.gpr[f.rs];
  const uint32_t t = state_.gpr[f.rt];
  switch (f.funct) {
    case 0x00:
      return write(f.rd, t << f.shamt);
    case 0x02:
      return write(f.rd, t >> f.shamt);
    case 0x03:
      return write(f.rd, static_cast<uint32_t>(as_signed(t) >> f.shamt));
    case 0x04:
      return write(f.rd, t << (s & 31));
    case 0x06:
      return write(f.rd, t >> (s & 31));
    case 0x07:
      return write(f.rd, static_cast<uint32_t>(as_signed(t) >> (s & 31)));
    case 0x08:
      return go(true, s);
    case 0x09:
      write(f.rd, state_.pc + 4);
      return go(true, s);
    case 0x0c:
      return raise(kSys);
    case 0x0d:
      return raise(kBp);
    default:
      return raise(kRi);
  }
}

void ReferenceProcessor::multiply_or_divide(const Fields& f) {
  const uint32_t s = state_.gpr[f.rs];
  const uint32_t t = state_.gpr[f.rt];
  const auto set = [this](uint64_t hi, uint64_t lo) {
    state_.hi = static_cast<uint32_t>(hi);
    state_.lo = static_cast<uint32_t>(lo);
  };
  const int64_t wide_s = as_signed(s);
  const int64_t wide_t = as_signed(t);
  switch (f.funct) {
    case 0x10:
      return write(f.rd, state_.hi);
    case 0x11:
      return set(s, state_.lo);
    case 0x12:
      return write(f.rd, state_.lo);
    case 0x13:
      return set(state_.hi, s);
    case 0x18: {
      const auto product = static_cast<uint64_t>(wide_s * wide_t);
      return set(product >> 32, product);
    }
    case 0x19:
      return set(uint64_t{s} * t >> 32, uint64_t{s} * t);
    case 0x1a:
      if (t == 0) return set(s, wide_s >= 0 ? ~uint64_t{0} : 1);
      return set(static_cast<uint64_t>(wide_s % wide_t), static_cast<uint64_t>(wide_s / wide_t));
    case 0x1b:
      return t == 0 ? set(s, ~uint64_t{0}) : set(s % t, s / t);
    default:
      return raise(kRi);
  }
}

void ReferenceProcessor::arithmetic(const Fields& f) {
  const uint32_t s = state_.gpr[f.rs];
  const uint32_t t = state_.gpr[f.rt];
  switch (f.funct) {
    case 0x20:
      return write_unless_overflow(f.rd, int64_t{as_signed(s)} + as_signed(t));
    case 0x21:
      return write(f.rd, s + t);
    case 0x22:
      return write_unless_overflow(f.rd, int64_t{as_signed(s)} - as_signed(t));
    case 0x23:
      return write(f.rd, s - t);
    case 0x24:
      return write(f.rd, s & t);
    case 0x25:
      return write(f.rd, s | t);
    case 0x26:
      return write(f.rd, s ^ t);
    case 0x27:
      return write(f.rd, ~(s | t));
    case 0x2a:
      return write(f.rd, as_signed(s) < as_signed(t));
    case 0x2b:
      return write(f.rd, s < t);
    default:
      return raise(kRi);
  }
}

void ReferenceProcessor::immediate_arithmetic(const Fields& f) {
  const uint32_t s = state_.gpr[f.rs];
  switch (f.op) {
    case 0x08:
      return write_unless_overflow(f.rt, int64_t{as_signed(s)} + as_signed(f.immediate));
    case 0x09:
      return write(f.rt, s + f.immediate);
    case 0x0a:
      return write(f.rt, as_signed(s) < as_signed(f.immediate));
    case 0x0b:
      return write(f.rt, s < f.immediate);
    case 0x0c:
      return write(f.rt, s & f.unsigned_immediate);
    case 0x0d:
      return write(f.rt, s | f.unsigned_immediate);
    case 0x0e:
      return write(f.rt, s ^ f.unsigned_immediate);
    default:
      return write(f.rt, f.unsigned_immediate << 16);
  }
}

void ReferenceProcessor::branch(const Fields& f) {
  const uint32_t s = state_.gpr[f.rs];
  const uint32_t t = state_.gpr[f.rt];
  const std::array<bool, 4> conditions{s == t, s != t, as_signed(s) <= 0, as_signed(s) > 0};
  go(conditions[f.op - 0x04], state_.pc + (f.immediate << 2));
}

void ReferenceProcessor::branch_on_sign(const Fields& f) {
  const bool negative = as_signed(state_.gpr[f.rs]) < 0;
  if ((f.rt & 0x1e) == 0x10) write(31, state_.pc + 4);
  go((f.rt & 1) != negative, state_.pc + (f.immediate << 2));
}

void ReferenceProcessor::jump(const Fields& f) {
  if (f.op == 0x03) write(31, state_.pc + 4);
  go(true, (state_.pc & 0xf0000000) | f.index << 2);
}

}  // namespace exosim::lockstep
