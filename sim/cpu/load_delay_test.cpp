// The load delay slot, rule by rule of docs/machine.md, "Instructions".
#include "sim/cpu/cpu_fixture.hpp"

namespace exosim {
namespace {

class LoadDelay : public CpuFixture {
 protected:
  LoadDelay() {
    poke(kData, 0x11223344);
    poke(kData + 4, 0x55667788);
    poke(kData + 8, 0xaabbccdd);
    set_gpr(REG_A0, kData);
    set_gpr(REG_V0, 4);
  }
};

TEST_F(LoadDelay, NextInstructionReadsTheOldValue) {
  program("lw v0,0(a0); addu v1,v0,zero; addu a1,v0,zero");
  run(3);
  EXPECT_EQ(gpr(REG_V1), 4u);
  EXPECT_EQ(gpr(REG_A1), 0x11223344u);
}

TEST_F(LoadDelay, MoveFromCop0IsDelayedToo) {
  cp0().context = 0x200000;
  program("mfc0 v0,c0_context; addu v1,v0,zero; addu a1,v0,zero");
  run(3);
  EXPECT_EQ(gpr(REG_V1), 4u);
  EXPECT_EQ(gpr(REG_A1), 0x200000u);
}

TEST_F(LoadDelay, WriteInTheSlotWinsOverTheLoad) {
  program("lw v0,0(a0); addiu v0,zero,7; nop");
  run(3);
  EXPECT_EQ(gpr(REG_V0), 7u);
}

TEST_F(LoadDelay, FirstOfTwoLoadsIsNeverVisible) {
  program("lw v0,0(a0); lw v0,4(a0); addu v1,v0,zero; addu a1,v0,zero");
  run(4);
  EXPECT_EQ(gpr(REG_V1), 4u);
  EXPECT_EQ(gpr(REG_A1), 0x55667788u);
}

TEST_F(LoadDelay, LinkWinsOverAPendingLoad) {
  program("lw ra,0(a0); jal there; addu v0,ra,zero; there: addu v1,ra,zero");
  run(4);
  EXPECT_EQ(gpr(REG_V0), kCode + 12);
  EXPECT_EQ(gpr(REG_V1), kCode + 12);
}

TEST_F(LoadDelay, ExceptionInTheSlotCompletesTheLoadFirst) {
  program("lw v0,0(a0); syscall");
  run(2);
  EXPECT_EQ(gpr(REG_V0), 0x11223344u);
}

TEST_F(LoadDelay, InterruptInTheSlotCompletesTheLoadFirst) {
  program("lw v0,0(a0); addu v1,v0,zero");
  cp0().status = STATUS_IEC | STATUS_IM_MASK;
  run(1);
  pins.raise(3);
  EXPECT_TRUE(run(1).exception.taken);
  EXPECT_EQ(gpr(REG_V0), 0x11223344u);
}

TEST_F(LoadDelay, FaultingLoadLeavesItsRegisterAndCompletesTheOneBefore) {
  program("lw v0,0(a0); lw v0,1(a0)");
  run(2);
  EXPECT_EQ(cause_code(), uint32_t{EXC_ADEL});
  EXPECT_EQ(gpr(REG_V0), 0x11223344u);
}

TEST_F(LoadDelay, LwlAndLwrMergeWithTheValueInFlight) {
  set_gpr(REG_V0, 0xaabbccdd);
  program("lwl v0,4(a0); lwr v0,1(a0); addu v1,v0,zero; nop");
  run(4);
  EXPECT_EQ(gpr(REG_V1), 0xaabbccddu);
  EXPECT_EQ(gpr(REG_V0), 0x88112233u);
}

TEST_F(LoadDelay, LwrMergesWithALoadInFlight) {
  program("lw v0,8(a0); lwr v0,1(a0); nop");
  run(3);
  EXPECT_EQ(gpr(REG_V0), 0xaa112233u);
}

TEST_F(LoadDelay, LoadToRegisterZeroAccessesTheBusAndIsDiscarded) {
  program("lw zero,0(a0); addu v0,zero,zero");
  const Retired load = run(1);
  EXPECT_EQ(load.data.kind, DataAccess::Kind::kLoad);
  EXPECT_EQ(load.dest, 0);
  run(1);
  EXPECT_EQ(gpr(REG_V0), 0u);
  EXPECT_EQ(gpr(REG_ZERO), 0u);
}

TEST_F(LoadDelay, LoadToRegisterZeroCanFault) {
  set_gpr(REG_A0, kAbsent);
  program("lw zero,0(a0)");
  EXPECT_EQ(run(1).exception.code, EXC_DBE);
}

}  // namespace
}  // namespace exosim
