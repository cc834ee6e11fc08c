// The record of a step: complete, and nothing left over from the step before.
#include "sim/cpu/retired.hpp"

#include "sim/cpu/cpu_fixture.hpp"

namespace exosim {
namespace {

using RetiredRecord = CpuFixture;

TEST_F(RetiredRecord, AluInstruction) {
  cp0().entry_hi = 9 << ENTRYHI_ASID_SHIFT;
  program("addiu v0,zero,7");
  const Retired r = run(1);
  EXPECT_EQ(r.pc.value, kCode);
  EXPECT_TRUE(r.fetched);
  EXPECT_EQ(r.fetched_from.value, kCode & KSEG_MASK);
  EXPECT_EQ(r.word.bits, 0x24020007u);
  EXPECT_EQ(r.op_class, isa::OpClass::kAlu);
  EXPECT_EQ(r.asid, 9);
  EXPECT_FALSE(r.user_mode);
  EXPECT_EQ(r.next_pc.value, kCode + 4);
  EXPECT_EQ(r.dest, REG_V0);
  EXPECT_EQ(r.dest_value, 7u);
  EXPECT_EQ(r.data.kind, DataAccess::Kind::kNone);
  EXPECT_TRUE(r.counts_as_instruction());
}

TEST_F(RetiredRecord, LoadReportsItsDelayedResult) {
  poke(kData, 0x8081);
  set_gpr(REG_A0, kData);
  program("lb v0,1(a0)");
  const Retired r = run(1);
  EXPECT_EQ(r.dest, REG_V0);
  EXPECT_EQ(r.dest_value, 0xffffff80u);
  EXPECT_EQ(r.data.kind, DataAccess::Kind::kLoad);
  EXPECT_EQ(r.data.width, 1);
  EXPECT_EQ(r.data.virt.value, kData + 1);
  EXPECT_EQ(r.data.phys.value, (kData & KSEG_MASK) + 1);
  EXPECT_EQ(r.data.value, 0xffffff80u);
  EXPECT_EQ(r.data.target, BusTarget::kRam);
}

TEST_F(RetiredRecord, StoreReportsTheBytesOnTheBus) {
  set_gpr(REG_A0, kData);
  set_gpr(REG_A1, 0x11223344);
  program("sb a1,3(a0); swl a1,2(a0); swr a1,1(a0); sw a1,0(a0)");
  const Retired byte = run(1);
  EXPECT_EQ(byte.data.value, 0x44u);
  EXPECT_EQ(byte.dest, 0);
  const Retired left = run(1);
  EXPECT_EQ(left.data.width, 3);
  EXPECT_EQ(left.data.phys.value, kData & KSEG_MASK);
  EXPECT_EQ(left.data.value, 0x112233u);
  EXPECT_EQ(left.data.virt.value, kData + 2);
  const Retired right = run(1);
  EXPECT_EQ(right.data.width, 3);
  EXPECT_EQ(right.data.phys.value, (kData & KSEG_MASK) + 1);
  EXPECT_EQ(right.data.value, 0x223344u);
  EXPECT_EQ(run(1).data.value, 0x11223344u);
}

TEST_F(RetiredRecord, LwlToRegisterZeroMergesWithZeroEvenAfterALoadToIt) {
  poke(kData, 0x11223344);
  set_gpr(REG_A0, kData);
  program("lw zero,0(a0); lwl zero,0(a0)");
  EXPECT_EQ(run(2).data.value, 0x44000000u);
}

TEST_F(RetiredRecord, LwlReportsTheWholeWordItReads) {
  set_gpr(REG_A0, kData);
  program("lwl v0,2(a0)");
  const Retired r = run(1);
  EXPECT_EQ(r.data.width, 4);
  EXPECT_EQ(r.data.virt.value, kData + 2);
  EXPECT_EQ(r.data.phys.value, kData & KSEG_MASK);
  EXPECT_EQ(r.data.value, r.dest_value);
}

TEST_F(RetiredRecord, NothingIsLeftOverFromTheStepBefore) {
  set_gpr(REG_A0, kData);
  program("beq zero,zero,next; lw v0,0(a0); next: sync_like: .word 0x0000000f");
  place(VECTOR_GENERAL, "mthi zero");
  run(3);
  const Retired r = run(1);
  EXPECT_EQ(r.pc.value, uint32_t{VECTOR_GENERAL});
  EXPECT_EQ(r.dest, 0);
  EXPECT_EQ(r.dest_value, 0u);
  EXPECT_EQ(r.data.kind, DataAccess::Kind::kNone);
  EXPECT_EQ(r.data.value, 0u);
  EXPECT_FALSE(r.exception.taken);
  EXPECT_EQ(r.exception.code, 0);
  EXPECT_FALSE(r.branch_taken);
  EXPECT_FALSE(r.in_delay_slot);
}

TEST_F(RetiredRecord, FetchFaultAfterALoadShowsNoInstruction) {
  set_gpr(REG_A0, kData);
  set_gpr(REG_A1, 0xc0000000);
  program("jr a1; lw v0,0(a0)");
  run(2);
  const Retired r = run(1);
  EXPECT_FALSE(r.fetched);
  EXPECT_EQ(r.fetched_from.value, 0u);
  EXPECT_EQ(r.word.bits, 0u);
  EXPECT_EQ(r.insn, isa::kReservedInsn);
  EXPECT_EQ(r.op_class, isa::OpClass::kReserved);
  EXPECT_EQ(r.data.kind, DataAccess::Kind::kNone);
  EXPECT_EQ(r.dest, 0);
  EXPECT_EQ(r.pc.value, 0xc0000000u);
}

TEST_F(RetiredRecord, RestartedInstructionsCountOnceAndTrapsCount) {
  set_gpr(REG_A0, 0x00400000);
  program("nop; lw v0,0(a0); syscall");
  run(2);
  EXPECT_EQ(cpu.instructions(), 1u);
  cpu.set_pc({kCode + 8});
  run(1);
  EXPECT_EQ(cpu.instructions(), 2u);
  EXPECT_EQ(cpu_state().steps, 3u);
}

}  // namespace
}  // namespace exosim
