// Exceptions and interrupts: what each instruction raises and what entry saves (docs/machine.md).
#include <utility>
#include <vector>

#include "sim/cpu/cpu_fixture.hpp"

namespace exosim {
namespace {

class Exceptions : public CpuFixture {
 protected:
  unsigned code_of(std::string_view instruction) {
    program(instruction);
    cpu.set_pc({kCode});
    const ExceptionTaken exception = run(1).exception;
    return exception.taken ? exception.code : EXC_COUNT;
  }
};

TEST_F(Exceptions, OverflowLeavesTheDestination) {
  set_gpr(REG_A0, 0x7fffffff);
  set_gpr(REG_A1, 0x80000000);
  set_gpr(REG_A2, 1);
  set_gpr(REG_V0, 42);
  EXPECT_EQ(code_of("add v0,a0,a2"), unsigned{EXC_OV});
  EXPECT_EQ(code_of("addi v0,a0,1"), unsigned{EXC_OV});
  EXPECT_EQ(code_of("addi v0,a1,-1"), unsigned{EXC_OV});
  EXPECT_EQ(code_of("sub v0,a1,a2"), unsigned{EXC_OV});
  EXPECT_EQ(code_of("sub v0,zero,a1"), unsigned{EXC_OV});
  EXPECT_EQ(gpr(REG_V0), 42u);
  EXPECT_EQ(code_of("addu v0,a0,a2"), unsigned{EXC_COUNT});
  EXPECT_EQ(gpr(REG_V0), 0x80000000u);
}

TEST_F(Exceptions, TrapsAndReservedWords) {
  EXPECT_EQ(code_of("syscall 1234"), unsigned{EXC_SYS});
  EXPECT_EQ(code_of("break 7"), unsigned{EXC_BP});
  for (const char* word : {".word 0x0000000f", ".word 0x7c03e83b", ".word 0x9c000000",
                           ".word 0x50000000", ".word 0x42000003", ".word 0x40400000"}) {
    EXPECT_EQ(code_of(word), unsigned{EXC_RI}) << word;
  }
}

TEST_F(Exceptions, EntrySavesModeAndRestartAddress) {
  cp0().status = STATUS_CU0 | STATUS_IEC | STATUS_KUP;
  cp0().cause = 0x300;
  program("nop; syscall");
  run(2);
  EXPECT_EQ(cp0().epc, kCode + 4);
  EXPECT_EQ(cp0().status, uint32_t{STATUS_CU0 | STATUS_IEP | STATUS_KUO});
  EXPECT_EQ(cp0().cause, 0x300u | (EXC_SYS << CAUSE_EXCCODE_SHIFT));
  EXPECT_EQ(cpu_state().pc.value, uint32_t{VECTOR_GENERAL});
}

TEST_F(Exceptions, BootVectorsAreUsedWhileBevIsSet) {
  cp0().status = STATUS_BEV;
  program("syscall");
  EXPECT_EQ(run(1).next_pc.value, VECTOR_BEV_GENERAL);
  program("lw v0,0(zero)");
  cpu.set_pc({kCode});
  EXPECT_EQ(run(1).next_pc.value, VECTOR_BEV_UTLB);
}

TEST_F(Exceptions, UnusableCoprocessorNamesItselfInCause) {
  for (const auto& [instruction, z] :
       std::vector<std::pair<std::string_view, unsigned>>{{"mfc1 v0,$f0", 1},
                                                          {"lwc1 $f0,0(zero)", 1},
                                                          {"swc2 $0,0(zero)", 2},
                                                          {".word 0x4a000000", 2},
                                                          {".word 0x4c200000", 3},
                                                          {"bc3t 0x80001000", 3}}) {
    EXPECT_EQ(code_of(instruction), unsigned{EXC_CPU}) << instruction;
    EXPECT_EQ((cp0().cause & CAUSE_CE_MASK) >> CAUSE_CE_SHIFT, z) << instruction;
  }
  EXPECT_EQ(code_of("syscall"), unsigned{EXC_SYS});
  EXPECT_EQ(cp0().cause & CAUSE_CE_MASK, 0u);
}

class WithoutFpu : public CpuFixture {
 protected:
  WithoutFpu() : CpuFixture({.fpu = {.present = false}}) {}
};

TEST_F(WithoutFpu, AbsentCoprocessorThatIsUsableReadsZeroAndDoesNothing) {
  cp0().status = STATUS_CU1 | STATUS_CU2;
  set_gpr(REG_V0, 5);
  set_gpr(REG_A0, kData);
  poke(kData, 0xffffffff);
  program(
      "cfc1 v0,$0; ctc1 v0,$31; swc2 $3,0(a0); lwc1 $f2,0(a0); add.d $f0,$f0,$f0; "
      ".word 0x46000004; swc1 $f0,4(a0); bc1f target; nop; target: nop");
  for (int i = 0; i < 7; ++i) EXPECT_FALSE(run(1).exception.taken);
  EXPECT_EQ(gpr(REG_V0), 0u);
  EXPECT_EQ(peek(kData), 0u);
  EXPECT_TRUE(run(1).branch_taken);
}

TEST_F(Exceptions, UserModeNeedsCu0ForCoprocessorZero) {
  map(8, 0x00400000, 0, 0x1000, ENTRYLO_V | ENTRYLO_G);
  for (const char* instruction : {"mfc0 v0,c0_status", "rfe", "tlbr", "lwc0 $2,0(zero)",
                                  "swc0 $2,0(zero)", "bc0t 0x80001000", ".word 0x42000003"}) {
    program(instruction);
    cp0().status = STATUS_KUC;
    cpu.set_pc({0x00400000});
    EXPECT_EQ(run(1).exception.code, EXC_CPU) << instruction;
    EXPECT_EQ(cp0().cause & CAUSE_CE_MASK, 0u);
  }
  program("mfc0 v0,c0_prid; nop");
  cp0().status = STATUS_KUC | STATUS_CU0;
  cpu.set_pc({0x00400000});
  run(2);
  EXPECT_EQ(gpr(REG_V0), uint32_t{PRID_R3000A});
}

TEST_F(Exceptions, Cop0ConditionIsTrueWriteBufferEmpty) {
  program("bc0f 0x80001000; nop; bc0t 0x80001000");
  EXPECT_FALSE(run(1).branch_taken);
  EXPECT_TRUE(run(2).branch_taken);
}

TEST_F(Exceptions, BusErrorsLeaveBadVAddr) {
  cp0().bad_vaddr = 0x1111;
  set_gpr(REG_A0, kAbsent);
  const Retired load = (program("lw v0,4(a0)"), run(1));
  EXPECT_EQ(load.exception.code, EXC_DBE);
  EXPECT_EQ(load.data.target, BusTarget::kAbsent);
  EXPECT_TRUE(load.data.bus_error);
  cpu.set_pc({kAbsent});
  EXPECT_EQ(run(1).exception.code, EXC_IBE);
  EXPECT_EQ(cp0().epc, kAbsent);
  EXPECT_EQ(cp0().bad_vaddr, 0x1111u);
}

TEST_F(Exceptions, StoreToAbsentAddressCompletes) {
  set_gpr(REG_A0, kAbsent);
  program("sw v0,4(a0)");
  const Retired store = run(1);
  EXPECT_FALSE(store.exception.taken);
  EXPECT_TRUE(store.data.bus_error);
  EXPECT_EQ(store.data.target, BusTarget::kAbsent);
  EXPECT_EQ(store.next_pc.value, kCode + 4);
}

TEST_F(Exceptions, InterruptNeedsPinMaskAndEnable) {
  program("nop; nop; nop; nop");
  pins.raise(4);
  cp0().status = STATUS_IEC | (STATUS_IM_MASK & ~0x1000u);
  EXPECT_FALSE(run(1).exception.taken);
  cp0().status = STATUS_IM_MASK;
  EXPECT_FALSE(run(1).exception.taken);
  cp0().status = STATUS_IEC | 0x1000;
  const Retired interrupt = run(1);
  EXPECT_TRUE(interrupt.exception.taken);
  EXPECT_EQ(interrupt.exception.code, EXC_INT);
  EXPECT_FALSE(interrupt.fetched);
  EXPECT_EQ(interrupt.word.bits, 0u);
  EXPECT_EQ(interrupt.insn, isa::kReservedInsn);
  EXPECT_EQ(interrupt.pc.value, kCode + 8);
  EXPECT_EQ(cp0().epc, kCode + 8);
}

TEST_F(Exceptions, InterruptInADelaySlotNamesTheBranch) {
  program("beq zero,zero,0x80002000; nop");
  cp0().status = STATUS_IEC | STATUS_IM_MASK;
  run(1);
  pins.raise(7);
  EXPECT_TRUE(run(1).exception.taken);
  EXPECT_EQ(cp0().epc, kCode);
  EXPECT_TRUE(cp0().cause & CAUSE_BD);
  place(VECTOR_GENERAL, "syscall");
  EXPECT_FALSE(run(1).in_delay_slot);  // the handler's first instruction is in no slot
  EXPECT_EQ(cp0().epc, uint32_t{VECTOR_GENERAL});
  EXPECT_FALSE(cp0().cause & CAUSE_BD);
}

TEST_F(Exceptions, InterruptComesBeforeAFaultOfTheFetch) {
  cpu.set_pc({kAbsent + 2});
  pins.raise(2);
  cp0().status = STATUS_IEC | STATUS_IM_MASK;
  EXPECT_EQ(run(1).exception.code, EXC_INT);
}

TEST_F(Exceptions, LoweredPinInterruptsNoMore) {
  program("nop");
  pins.raise(2);
  pins.lower(2);
  cp0().status = STATUS_IEC | STATUS_IM_MASK;
  EXPECT_FALSE(run(1).exception.taken);
}

TEST_F(Exceptions, EnablingByMtc0LetsOneMoreInstructionPass) {
  program("mtc0 a0,c0_status; addiu v0,zero,1; addiu v0,zero,2");
  set_gpr(REG_A0, STATUS_IEC | STATUS_IM_MASK);
  pins.raise(2);
  EXPECT_FALSE(run(2).exception.taken);
  EXPECT_TRUE(run(1).exception.taken);
  EXPECT_EQ(cp0().epc, kCode + 8);
  EXPECT_EQ(gpr(REG_V0), 1u);
}

TEST_F(Exceptions, SoftwareInterruptIsRaisedByWritingCause) {
  program("mtc0 a0,c0_cause; nop; nop");
  set_gpr(REG_A0, 0x200);
  cp0().status = STATUS_IEC | 0x200;
  EXPECT_FALSE(run(2).exception.taken);
  EXPECT_TRUE(run(1).exception.taken);
}

TEST_F(Exceptions, RfeReturnsToUserModeForTheTargetOfItsJump) {
  map(8, 0x00400000, 0, 0x2000, ENTRYLO_V | ENTRYLO_G);
  place(KSEG0_BASE + 0x2000, "lw v0,0(a0)");
  program("jr a1; rfe");
  set_gpr(REG_A0, kData);
  set_gpr(REG_A1, 0x00400000);
  cp0().status = STATUS_KUP;
  EXPECT_FALSE(run(2).user_mode);
  const Retired user = run(1);
  EXPECT_TRUE(user.user_mode);
  EXPECT_EQ(user.exception.code, EXC_ADEL);
}

}  // namespace
}  // namespace exosim
