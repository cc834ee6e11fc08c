// The two delays of the R3000: a load's result and a branch's target arrive one instruction late.
// Follows docs/machine.md, "Instructions". Functions on the state, called by the interpreter in the
// order in which they stand here.
#pragma once

#include <cstdint>

#include "sim/base/types.hpp"
#include "sim/cpu/state.hpp"

namespace exosim {

/// Takes the last instruction's load out of the state: it arrives when this instruction ends. Until
/// then gpr has the old value (test: load_delay_1_reads_old_value).
inline DelayedWrite take_arriving_load(CpuState& state) {
  const DelayedWrite arriving = state.load;
  state.load = {};
  return arriving;
}

/// Steps the pair of program counters. An exception undoes it by setting both.
inline void advance_pc(CpuState& state) {
  state.pc = state.next_pc;
  state.next_pc = {state.pc.value + 4};
  state.in_delay_slot = false;
}

/// After advance_pc(): the instruction at `branch` is a branch or jump, taken or not, so the next
/// one stands in its delay slot (test: branch_delay_exception_after_untaken_branch).
inline void open_delay_slot(CpuState& state, VirtAddr branch) {
  state.in_delay_slot = true;
  state.branch_pc = branch;
}

/// The address from which displacements and regions count: the delay slot's. For a branch that
/// itself stands in the slot of a taken one that is the first target (test:
/// branch_delay_branch_in_slot).
inline VirtAddr delay_slot_pc(const CpuState& state) { return state.pc; }

/// What jal and bal leave in their register: the instruction after the delay slot.
inline uint32_t link_address(const CpuState& state) { return delay_slot_pc(state).value + 4; }

/// The result of an instruction wins over a load to the same register that is about to arrive
/// (tests: load_delay_2_slot_write_wins, load_delay_3_second_load_wins).
inline void overrule_arriving_load(DelayedWrite& arriving, uint32_t reg) {
  arriving.reg = arriving.reg == reg ? 0 : arriving.reg;
}

/// What lwl and lwr merge with: the value in flight to their register, else the register (test:
/// load_delay_6_lwl_lwr_merge). Register 0 is 0, whatever is loaded into it.
inline uint32_t value_in_flight(const CpuState& state, DelayedWrite arriving, uint32_t reg) {
  return reg != 0 && arriving.reg == reg ? arriving.value : state.gpr[reg];
}

/// The end of a step, whatever happened in it: a load is complete even if an exception came between
/// it and its delay slot (test: load_delay_5_exception_completes_load).
inline void complete_arriving_load(CpuState& state, DelayedWrite arriving) {
  state.gpr[arriving.reg] = arriving.value;
  state.gpr[0] = 0;
}

}  // namespace exosim
