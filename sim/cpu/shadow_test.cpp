// What sees the old Status behind mtc0: interrupts, coprocessors, caches (conformance 1.9).
#include "sim/cpu/cpu_fixture.hpp"

namespace exosim {
namespace {

constexpr uint32_t kSoftwareInterrupt = 1 << CAUSE_IP_SHIFT;

class ShadowTest : public CpuFixture {
 protected:
  explicit ShadowTest(EffectDistances effects = {.interrupts = 1, .coprocessors = 1, .caches = 1})
      : CpuFixture({.prid = PRID_R3000A, .data_cache = {4096, 1}, .effects = effects}) {
    set_gpr(REG_A0, kData);
  }
};

class InterruptShadow : public ShadowTest {};

TEST_F(InterruptShadow, InterruptLetThroughComesAfterOneInstruction) {
  cp0().cause = kSoftwareInterrupt;
  set_gpr(REG_T0, STATUS_IEC | (1 << STATUS_IM_SHIFT));
  program("mtc0 t0,c0_status; nop; nop");
  EXPECT_FALSE(run(2).exception.taken);
  const Retired& third = run(1);
  EXPECT_TRUE(third.exception.taken);
  EXPECT_EQ(third.exception.epc.value, kCode + 8);
}

TEST_F(InterruptShadow, InterruptShutOutMayStillComeAndFindsIepClear) {
  cp0().status = STATUS_IEC | (4 << STATUS_IM_SHIFT);
  program("mtc0 zero,c0_status; nop; nop");
  EXPECT_FALSE(run(1).exception.taken);
  pins.raise(2);
  const Retired& second = run(1);
  EXPECT_TRUE(second.exception.taken);
  EXPECT_EQ(second.exception.code, EXC_INT);
  EXPECT_FALSE(cp0().status & STATUS_IEP);
}

TEST_F(InterruptShadow, InterruptShutOutComesNoMoreAfterTheShadow) {
  cp0().status = STATUS_IEC | (4 << STATUS_IM_SHIFT);
  program("mtc0 zero,c0_status; nop; nop");
  run(2);
  pins.raise(2);
  EXPECT_FALSE(run(1).exception.taken);
}

TEST_F(InterruptShadow, SoftwareInterruptTakenBackMayStillCome) {
  cp0().status = STATUS_IEC | (1 << STATUS_IM_SHIFT);
  set_gpr(REG_T0, kSoftwareInterrupt);
  program("mtc0 t0,c0_cause; mtc0 zero,c0_cause; nop; nop");
  EXPECT_FALSE(run(2).exception.taken);
  const Retired& third = run(1);
  EXPECT_TRUE(third.exception.taken);
  EXPECT_EQ(cp0().cause & CAUSE_SW_MASK, 0u);
}

TEST_F(InterruptShadow, LinesAreThoseOfTheMaskThatIsInEffect) {
  cp0().status = 4 << STATUS_IM_SHIFT;  // IEc is clear
  pins.raise(2);
  pins.raise(3);
  set_gpr(REG_T0, 8 << STATUS_IM_SHIFT);
  program("mtc0 t0,c0_status; nop; nop");
  EXPECT_EQ(cpu.interrupt_lines(), 4u << CAUSE_IP_SHIFT);
  run(1);
  EXPECT_EQ(cpu.interrupt_lines(), 4u << CAUSE_IP_SHIFT);
  run(1);
  EXPECT_EQ(cpu.interrupt_lines(), 8u << CAUSE_IP_SHIFT);
  pins.lower(3);
  EXPECT_EQ(cpu.interrupt_lines(), 0u);
  run(1);
  EXPECT_EQ(cpu.interrupt_lines(), 0u);
}

TEST_F(InterruptShadow, ExceptionEndsIt) {
  cp0().status = STATUS_IEC | (4 << STATUS_IM_SHIFT);
  program("mtc0 zero,c0_status; syscall");
  run(2);
  pins.raise(2);
  place(VECTOR_GENERAL, "nop");
  EXPECT_FALSE(run(1).exception.taken);
}

class CoprocessorShadow : public ShadowTest {};

TEST_F(CoprocessorShadow, CoprocessorIsUsableAfterOneInstruction) {
  set_gpr(REG_T0, STATUS_CU2);
  program("mtc0 t0,c0_status; lwc2 $1,0(a0)");
  EXPECT_EQ(run(2).exception.code, EXC_CPU);
  cp0().status = 0;
  program("mtc0 t0,c0_status; nop; lwc2 $1,0(a0)");
  cpu.set_pc({kCode});
  EXPECT_FALSE(run(3).exception.taken);
}

class CacheShadow : public ShadowTest {};

TEST_F(CacheShadow, StoreRightBehindReachesMemory) {
  set_gpr(REG_T0, STATUS_ISC);
  set_gpr(REG_A1, 0x11111111);
  poke(kData, 0);
  poke(kData + 4, 0);
  program("mtc0 t0,c0_status; sw a1,0(a0); sw a1,4(a0)");
  EXPECT_FALSE(run(2).data.isolated);
  EXPECT_TRUE(run(1).data.isolated);
  EXPECT_EQ(peek(kData), 0x11111111u);
  EXPECT_EQ(peek(kData + 4), 0u);
}

class NoShadow : public ShadowTest {
 protected:
  NoShadow() : ShadowTest({.interrupts = 0, .coprocessors = 0, .caches = 0}) {}
};

TEST_F(NoShadow, EffectsReachTheNextInstruction) {
  set_gpr(REG_T0, STATUS_ISC | STATUS_CU2);
  program("mtc0 t0,c0_status; lwc2 $1,0(a0); mtc0 zero,c0_status; lwc2 $1,0(a0)");
  const Retired isolated = run(2);
  EXPECT_FALSE(isolated.exception.taken);
  EXPECT_TRUE(isolated.data.isolated);
  EXPECT_EQ(run(2).exception.code, EXC_CPU);
}

class LongShadow : public ShadowTest {
 protected:
  LongShadow() : ShadowTest({.interrupts = 2, .coprocessors = 2, .caches = 2, .fetches = 2}) {}
};

// A second mtc0 within the shadow does not end it: each write has its own.
TEST_F(LongShadow, SecondWriteLeavesTheFirstOnesShadow) {
  set_gpr(REG_T0, STATUS_CU2);
  program("mtc0 t0,c0_status; mtc0 zero,c0_cause; lwc2 $1,0(a0)");
  EXPECT_EQ(run(3).exception.code, EXC_CPU);
  cp0().status = 0;
  program("mtc0 t0,c0_status; mtc0 zero,c0_cause; nop; lwc2 $1,0(a0)");
  cpu.set_pc({kCode});
  EXPECT_FALSE(run(4).exception.taken);
}

TEST_F(LongShadow, WritesTakeEffectInTheirOrder) {
  set_gpr(REG_T0, STATUS_CU2);
  program("mtc0 t0,c0_status; mtc0 zero,c0_status; nop; lwc2 $1,0(a0); lwc2 $1,0(a0)");
  EXPECT_FALSE(run(4).exception.taken);
  EXPECT_EQ(run(1).exception.code, EXC_CPU);
}

TEST_F(LongShadow, InterruptsFollowTheOldestWriteInForce) {
  cp0().status = STATUS_IEC | (4 << STATUS_IM_SHIFT);
  set_gpr(REG_T0, STATUS_IEC | (4 << STATUS_IM_SHIFT));
  program("mtc0 zero,c0_status; mtc0 t0,c0_status; nop; nop; nop");
  run(3);
  pins.raise(2);
  EXPECT_FALSE(run(1).exception.taken);  // the first write's turn
  EXPECT_TRUE(run(1).exception.taken);
}

class FetchShadow : public ShadowTest {
 protected:
  static constexpr uint32_t kMapped = 0x00400000;

  explicit FetchShadow(unsigned distance = 1)
      : ShadowTest({.interrupts = 1, .coprocessors = 1, .caches = 1, .fetches = distance}) {
    map(8, kMapped, 1, 0x10000, ENTRYLO_V);
    map(9, kMapped, 2, 0x11000, ENTRYLO_V);
    cp0().entry_hi = 1 << ENTRYHI_ASID_SHIFT;
    set_gpr(REG_T0, 2 << ENTRYHI_ASID_SHIFT);
    place(KSEG0_BASE + 0x10000, "mtc0 t0,c0_entryhi; addiu v0,zero,1; addiu v1,zero,1");
    place(KSEG0_BASE + 0x11000, "nop; addiu v0,zero,2; addiu v1,zero,2");
    cpu.set_pc({kMapped});
  }
};

TEST_F(FetchShadow, OneMoreInstructionComesFromTheOldAddressSpace) {
  run(3);
  EXPECT_EQ(gpr(REG_V0), 1u);
  EXPECT_EQ(gpr(REG_V1), 2u);
}

class NoFetchShadow : public FetchShadow {
 protected:
  NoFetchShadow() : FetchShadow(0) {}
};

TEST_F(NoFetchShadow, TheNextInstructionComesFromTheNewAddressSpace) {
  run(3);
  EXPECT_EQ(gpr(REG_V0), 2u);
  EXPECT_EQ(gpr(REG_V1), 2u);
}

}  // namespace
}  // namespace exosim
