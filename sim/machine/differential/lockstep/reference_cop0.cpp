// The reference processor's coprocessors: 0, and the absent others.
#include "sim/machine/differential/lockstep/reference_processor.hpp"

namespace exosim::lockstep {

using enum Code;

/// Coprocessor 0 belongs to kernel mode; the others, and 0 in user mode, need their CU bit.
bool ReferenceProcessor::usable(uint32_t coprocessor) {
  if (coprocessor == 0 && !(state_.status & kUserMode)) return true;
  if (state_.status >> (28 + coprocessor) & 1) return true;
  raise(kCpu, 0, false, coprocessor);
  return false;
}

void ReferenceProcessor::coprocessor_operation(const Fields& f) {
  const uint32_t coprocessor = f.op & 3;
  if (!usable(coprocessor)) return;
  if (coprocessor != 0) return absent_coprocessor(f);
  if (f.rs >= 0x10) return cop0_function(f);
  cop0_move_or_branch(f);
}

/// Usable without being there: moves bring 0, the condition is false, all else does nothing.
void ReferenceProcessor::absent_coprocessor(const Fields& f) {
  if (f.rs == 0x00 || f.rs == 0x02) write_late(f.rt, 0);
  if (f.rs == 0x08) go((f.rt & 1) == 0, state_.pc + (f.immediate << 2));
}

void ReferenceProcessor::cop0_move_or_branch(const Fields& f) {
  switch (f.rs) {
    case 0x00:
      return write_late(f.rt, read_cp0(f.rd));
    case 0x04:
      return write_cp0(f.rd, state_.gpr[f.rt]);
    case 0x08:  // the condition is "write buffer empty", and it is
      return go((f.rt & 1) == 1, state_.pc + (f.immediate << 2));
    default:
      return raise(kRi);
  }
}

void ReferenceProcessor::cop0_function(const Fields& f) {
  const uint32_t indexed = state_.index >> 8 & 63;
  switch (f.funct) {
    case 0x01:
      state_.entry_hi = state_.tlb_hi[indexed];
      state_.entry_lo = state_.tlb_lo[indexed];
      return;
    case 0x02:
      return write_tlb(indexed);
    case 0x06:
      return write_tlb(random());
    case 0x08: {
      const int entry = find(state_.entry_hi & 0xfffff000, state_.entry_hi & 0xfc0);
      state_.index = entry < 0 ? state_.index | 0x80000000 : static_cast<uint32_t>(entry) << 8;
      return;
    }
    case 0x10:
      state_.status = (state_.status & ~0xfu) | (state_.status >> 2 & 0xf);
      return;
    default:
      return raise(kRi);
  }
}

void ReferenceProcessor::write_tlb(uint32_t entry) {
  state_.tlb_hi[entry] = state_.entry_hi;
  state_.tlb_lo[entry] = state_.entry_lo;
}

uint32_t ReferenceProcessor::read_cp0(uint32_t number) const {
  switch (number) {
    case 0:
      return state_.index;
    case 1:
      return random() << 8;
    case 2:
      return state_.entry_lo;
    case 4:
      return state_.context;
    case 8:
      return state_.bad_vaddr;
    case 10:
      return state_.entry_hi;
    case 12:
      return state_.status;
    case 13:
      return state_.cause | pins_ << 8;
    case 14:
      return state_.epc;
    case 15:
      return state_.prid;
    default:
      return 0;
  }
}

void ReferenceProcessor::write_cp0(uint32_t number, uint32_t value) {
  const auto replace = [value](uint32_t& reg, uint32_t mask) {
    reg = (reg & ~mask) | (value & mask);
  };
  // The instruction after mtc0 to Status or Cause is interrupted or not as if it were not there
  // (1.9).
  if (number == 12 || number == 13) {
    state_.interrupts_from = state_.steps + 2;
    state_.old_status = state_.status;
    state_.old_cause = state_.cause;
  }
  switch (number) {
    case 0:
      return replace(state_.index, 0x00003f00);
    case 2:
      return replace(state_.entry_lo, 0xffffff00);
    case 4:
      return replace(state_.context, 0xffe00000);
    case 10:
      return replace(state_.entry_hi, 0xffffffc0);
    case 12:  // CU, BEV, PZ, SwC, IsC, IM, KU and IE; a 1 to PE clears it
      if (value & kParityError) state_.status &= ~kParityError;
      return replace(state_.status, 0xf047ff3f | (state_.prid == kR3000A ? kReversed : 0));
    case 13:
      return replace(state_.cause, 0x00000300);
    default:
      return;
  }
}

}  // namespace exosim::lockstep
