// The processor at reset.
#include "sim/cpu/cpu.hpp"

#include "isa/machine/cp0.h"
#include "isa/machine/exceptions.h"
#include "isa/machine/fpu.h"

namespace exosim {
namespace {

// BEV set, kernel mode, interrupts off, caches neither isolated nor swapped, TLB not shut down; the
// rest of Status is undefined (docs/machine.md; test: CpuTest.ResetLeavesUndefinedStateRandom).
uint32_t status_at_reset(Random& random) {
  constexpr uint32_t kUndefined = STATUS_CU0 | STATUS_CU1 | STATUS_CU2 | STATUS_CU3 |
                                  STATUS_IM_MASK | STATUS_KUP | STATUS_IEP | STATUS_KUO |
                                  STATUS_IEO;
  return STATUS_BEV | (random.word() & kUndefined);
}

// The interrupt is off, whatever is enabled: no cause is set.
void reset(FpuState& fpu, Random& random) {
  constexpr uint32_t kCauses = 63u << FCSR_CAUSE_SHIFT;
  for (uint32_t& reg : fpu.fpr) reg = random.word();
  fpu.fcsr = random.word() & FCSR_MASK & ~kCauses;
}

void reset(CpuState& state, uint32_t prid, Random& random) {
  for (uint32_t& reg : state.gpr) reg = random.word();
  state.gpr[0] = 0;
  state.hi = random.word();
  state.lo = random.word();
  Cp0& cp0 = state.cp0;
  cp0.index = random.word() & INDEX_MASK;
  cp0.entry_lo = random.word() & ENTRYLO_MASK;
  cp0.entry_hi = random.word() & ENTRYHI_MASK;
  cp0.context = random.word() & (CONTEXT_PTEBASE_MASK | CONTEXT_BADVPN_MASK);
  cp0.bad_vaddr = random.word();
  cp0.cause = random.word() & CAUSE_SW_MASK;
  cp0.epc = random.word();
  cp0.status = status_at_reset(random);
  cp0.prid = prid;
  state.tlb.reset(random);
  reset(state.fpu, random);
}

}  // namespace

Cpu::Cpu(Bus& bus, const InterruptPins& pins, const CpuModel& model, Random random)
    : interpreter_(bus, pins, model, random) {
  reset(interpreter_.edit_state(), model.prid, random);
  set_pc({VECTOR_RESET});
}

void Cpu::set_pc(VirtAddr pc) {
  CpuState& state = interpreter_.edit_state();
  state.pc = pc;
  state.next_pc = {pc.value + 4};
  state.in_delay_slot = false;
}

}  // namespace exosim
