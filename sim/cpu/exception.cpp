// Exception entry.
#include "sim/cpu/exception.hpp"

#include "isa/machine/cp0.h"
#include "isa/machine/exceptions.h"

namespace exosim {
namespace {

bool is_tlb_exception(uint8_t code) {
  return code == EXC_MOD || code == EXC_TLBL || code == EXC_TLBS;
}

bool has_bad_address(uint8_t code) {
  return is_tlb_exception(code) || code == EXC_ADEL || code == EXC_ADES;
}

// Only a refill for kuseg has the vector of its own (tests: tlb_refill_vector_is_for_kuseg,
// Exceptions.BootVectorsAreUsedWhileBevIsSet).
VirtAddr vector_of(const Trap& trap, uint32_t status) {
  if (status & STATUS_BEV) return {trap.refill ? VECTOR_BEV_UTLB : VECTOR_BEV_GENERAL};
  return {trap.refill ? VECTOR_UTLB : VECTOR_GENERAL};
}

// EPC is where to restart: in a delay slot, at the branch, taken or not (tests:
// branch_delay_exception_*).
void save_restart_address(CpuState& state, TrapSite site) {
  state.cp0.epc = (site.in_delay_slot ? state.branch_pc : site.pc).value;
}

// The software interrupts stay; CE is set for CpU only (tests: cp0_cause_ce,
// cp0_exception_preserves_ip).
uint32_t cause_after(uint32_t cause, const Trap& trap, TrapSite site) {
  return (cause & CAUSE_SW_MASK) | (site.in_delay_slot ? CAUSE_BD : 0) |
         (uint32_t{trap.coprocessor} << CAUSE_CE_SHIFT) |
         (uint32_t{trap.code} << CAUSE_EXCCODE_SHIFT);
}

}  // namespace

ExceptionTaken enter_exception(CpuState& state, const Trap& trap, TrapSite site) {
  save_restart_address(state, site);
  state.cp0.cause = cause_after(state.cp0.cause, trap, site);
  if (has_bad_address(trap.code)) state.cp0.bad_vaddr = trap.bad_address.value;
  if (is_tlb_exception(trap.code)) state.cp0.set_bad_page(trap.bad_address.value);
  state.shadows = {};  // what the pipeline held is gone
  const VirtAddr vector = vector_of(trap, state.cp0.status);
  state.cp0.push_mode();
  state.pc = vector;
  state.next_pc = {vector.value + 4};
  state.in_delay_slot = false;
  return {.taken = true,
          .code = trap.code,
          .refill = trap.refill,
          .vector = vector,
          .epc = {state.cp0.epc},
          .bad_address = trap.bad_address};
}

}  // namespace exosim
