// The branch delay slot, as docs/machine.md has it.
#include "sim/cpu/cpu_fixture.hpp"

namespace exosim {
namespace {

using BranchDelay = CpuFixture;

TEST_F(BranchDelay, SlotAlwaysExecutesAndConditionUsesTheValuesBefore) {
  set_gpr(REG_V0, 0);
  program("beq v0,zero,there; addiu v0,zero,1; addiu v0,zero,2; there: addu v1,v0,zero");
  EXPECT_TRUE(run(1).branch_taken);
  EXPECT_TRUE(run(1).in_delay_slot);
  run(1);
  EXPECT_EQ(gpr(REG_V1), 1u);
}

TEST_F(BranchDelay, LinkIsWrittenWhenNotTaken) {
  program("bltzal zero,0x80002000; nop; bgezal zero,0x80002000");
  const Retired untaken = run(1);
  EXPECT_FALSE(untaken.branch_taken);
  EXPECT_EQ(gpr(REG_RA), kCode + 8);
  run(2);
  EXPECT_EQ(gpr(REG_RA), kCode + 16);
}

TEST_F(BranchDelay, LinkingBranchComparesTheOldValueOfItsLinkRegister) {
  set_gpr(REG_RA, 1);
  program("bltzal ra,0x80002000");
  EXPECT_FALSE(run(1).branch_taken);  // the link, in kseg0, is negative
}

TEST_F(BranchDelay, JalrReadsItsTargetBeforeItLinks) {
  set_gpr(REG_V0, kCode + 0x40);
  program("jalr v0,v0; nop");
  EXPECT_EQ(run(2).next_pc.value, kCode + 0x40);
  EXPECT_EQ(gpr(REG_V0), kCode + 8);
}

TEST_F(BranchDelay, JalrToRegisterZeroOnlyJumps) {
  set_gpr(REG_V0, kCode + 0x40);
  program("jalr zero,v0; nop");
  EXPECT_EQ(run(2).next_pc.value, kCode + 0x40);
  EXPECT_EQ(gpr(REG_ZERO), 0u);
}

TEST_F(BranchDelay, JumpStaysInTheRegionOfItsSlot) {
  // The last word of a region of 256 MiB, mapped to where the jump is: its slot is in the next one.
  map(8, 0x0ffff000, 0, 0x1000, ENTRYLO_V | ENTRYLO_G);
  place(kCode + 0xffc, "j 0x80002000");
  cpu.set_pc({0x0ffffffc});
  run(1);
  EXPECT_EQ(cpu_state().pc.value, 0x10000000u);
  EXPECT_EQ(cpu_state().next_pc.value, 0x10002000u);
}

TEST_F(BranchDelay, BranchInASlotRunsOneInstructionThenCountsFromTheFirstTarget) {
  program(R"(beq zero,zero,first; beq zero,zero,second
             nop; nop; nop
             first: addiu v0,zero,8; addiu v0,zero,9
             second: nop; nop; nop; addiu v1,zero,1)");
  run(3);
  EXPECT_EQ(gpr(REG_V0), 8u);
  // Displacement of the second branch (to `second`, 5 words after its slot) from `first`.
  EXPECT_EQ(cpu_state().pc.value, kCode + 20 + 20);
}

TEST_F(BranchDelay, ExceptionInTheSlotNamesTheBranch) {
  program("beq zero,zero,0x80002000; syscall");
  run(2);
  EXPECT_EQ(cp0().epc, kCode);
  EXPECT_EQ(cp0().cause & CAUSE_BD, CAUSE_BD);
}

TEST_F(BranchDelay, ExceptionAfterAnUntakenBranchNamesItToo) {
  program("bne zero,zero,0x80002000; break");
  run(2);
  EXPECT_EQ(cp0().epc, kCode);
  EXPECT_EQ(cp0().cause & CAUSE_BD, CAUSE_BD);
}

TEST_F(BranchDelay, ExceptionForgetsThePendingBranch) {
  program("beq zero,zero,0x80002000; syscall");
  EXPECT_EQ(run(2).next_pc.value, uint32_t{VECTOR_GENERAL});
  place(VECTOR_GENERAL, "nop");
  const Retired first = run(1);
  EXPECT_FALSE(first.in_delay_slot);
  EXPECT_EQ(first.next_pc.value, VECTOR_GENERAL + 4u);
}

TEST_F(BranchDelay, MisalignedTargetFaultsAtTheTargetAfterTheSlot) {
  set_gpr(REG_V0, kCode + 0x42);
  program("jr v0; addiu v1,zero,5");
  EXPECT_FALSE(run(2).exception.taken);
  const Retired fault = run(1);
  EXPECT_EQ(fault.exception.code, EXC_ADEL);
  EXPECT_FALSE(fault.fetched);
  EXPECT_EQ(gpr(REG_V1), 5u);
  EXPECT_EQ(cp0().epc, kCode + 0x42);
  EXPECT_EQ(cp0().bad_vaddr, kCode + 0x42);
  EXPECT_EQ(cp0().cause & CAUSE_BD, 0u);
}

TEST_F(BranchDelay, UserModeMisalignedFetchFaultsInEachAlignment) {
  for (const uint32_t offset : {1u, 2u, 3u}) {
    map(8, 0x00400000, 0, 0x1000, ENTRYLO_V | ENTRYLO_G);
    cp0().status = STATUS_KUC;
    cpu.set_pc({0x00400000});
    poke(kCode, 0);
    EXPECT_FALSE(run(1).exception.taken);
    cpu.set_pc({0x00400000 + offset});
    EXPECT_EQ(run(1).exception.code, EXC_ADEL);
  }
}

}  // namespace
}  // namespace exosim
