// The floating-point coprocessor in the processor: its interrupt, its record, its identity.
#include <gtest/gtest.h>

#include "isa/machine/fpu.h"
#include "sim/cpu/cpu_fixture.hpp"

namespace exosim {
namespace {

constexpr uint32_t kEnableDivide = FCSR_DIVIDE_BY_ZERO << FCSR_ENABLE_SHIFT;
constexpr uint32_t kCauseDivide = FCSR_DIVIDE_BY_ZERO << FCSR_CAUSE_SHIFT;
constexpr uint32_t kIp7 = 0x8000;

class Float : public CpuFixture {
 protected:
  explicit Float(const CpuModel& model = {.prid = PRID_R3000A}) : CpuFixture(model) {
    cp0().status = STATUS_CU1 | STATUS_IEC | kIp7;
    FpuState& fpu = cpu.state().fpu;
    fpu = {};
    fpu.fpr[0] = 0x3f800000;
    fpu.fpr[2] = 0x40000000;
    fpu.fpr[5] = 0x12345678;
  }
};

TEST_F(Float, RecordNamesWhatAnOperationWrote) {
  program("add.s $f4,$f0,$f2; cvt.d.s $f4,$f0; c.eq.s $f0,$f2; lwc1 $f3,0(zero); mov.s $f6,$f2");
  const Retired& r = run(1);
  EXPECT_TRUE(r.is_float());
  EXPECT_EQ(r.float_write.registers, 1);
  EXPECT_EQ(r.float_write.first, 4);
  EXPECT_EQ(r.float_write.value, 0x40400000u);
  run(1);
  EXPECT_EQ(r.float_write.registers, 2);
  EXPECT_EQ(r.float_write.value, 0x3ff0000000000000u);
  run(1);
  EXPECT_EQ(r.float_write.registers, 0);
  EXPECT_TRUE(run(1).exception.taken);
  EXPECT_EQ(r.float_write.registers, 0);
}

TEST_F(Float, OperationThatTrapsIsItsOwnInterrupt) {
  cpu.state().fpu.fcsr = kEnableDivide;
  program("div.s $f4,$f0,$f8");
  const Retired& r = run(1);
  EXPECT_TRUE(r.exception.taken);
  EXPECT_EQ(r.exception.code, EXC_INT);
  EXPECT_EQ(r.exception.epc.value, kCode);
  EXPECT_EQ(r.word.bits, isa::assemble("div.s $f4,$f0,$f8")->bits);
  EXPECT_FALSE(r.counts_as_instruction());
  EXPECT_EQ(r.float_write.registers, 0);
}

TEST_F(Float, InterruptFollowsAnEditOfTheState) {
  program("nop; nop; nop");
  run(1);
  cpu.state().fpu.fcsr = kEnableDivide | kCauseDivide;
  EXPECT_EQ(run(1).exception.code, EXC_INT);
  cp0().status = STATUS_CU1 | STATUS_IEC | kIp7;
  cpu.set_pc({kCode});
  cpu.state().fpu.fcsr = kEnableDivide;
  EXPECT_FALSE(run(1).exception.taken);
}

TEST_F(Float, InterruptShadowHoldsForItToo) {
  cp0().status = STATUS_CU1 | kIp7;
  cpu.state().fpu.fcsr = kEnableDivide;
  set_gpr(REG_T0, STATUS_CU1 | STATUS_IEC | kIp7);
  program("mtc0 t0,c0_status; div.s $f4,$f0,$f8; nop");
  EXPECT_FALSE(run(2).exception.taken);
  EXPECT_EQ(run(1).exception.epc.value, kCode + 8);
}

class FloatOnPin3 : public Float {
 protected:
  FloatOnPin3() : Float({.prid = PRID_R2000, .fpu = {.interrupt = 3, .id = FPU_R2010}}) {}
};

TEST_F(FloatOnPin3, InterruptIsWhereTheMachineHasIt) {
  cpu.state().fpu.fcsr = kEnableDivide;
  cp0().status = STATUS_CU1;
  program("div.s $f4,$f0,$f8; mfc0 v0,c0_cause; cfc1 v1,$0; nop");
  run(4);
  EXPECT_EQ(gpr(REG_V0) & CAUSE_IP_MASK, 0x0800u);
  EXPECT_EQ(gpr(REG_V1), uint32_t{FPU_R2010});
}

TEST(FloatReset, LeavesGarbageButNoInterrupt) {
  Ram ram(1 << 12, Random(1));
  Bus bus(ram);
  const InterruptPins pins;
  for (uint64_t seed = 0; seed < 50; ++seed) {
    const Cpu cpu(bus, pins, CpuModel{}, Random(seed));
    EXPECT_FALSE(cpu.state().fpu.interrupts());
    EXPECT_NE(cpu.state().fpu.fpr[0], cpu.state().fpu.fpr[1]);
  }
}

}  // namespace
}  // namespace exosim
