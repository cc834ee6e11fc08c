// The processor at reset, and that it is determined by its seed.
#include "sim/cpu/cpu.hpp"

#include <gtest/gtest.h>

#include <set>

#include "sim/cpu/cpu_fixture.hpp"

namespace exosim {
namespace {

using CpuTest = CpuFixture;

TEST_F(CpuTest, ResetDefinesWhatTheManualDefines) {
  for (uint64_t seed = 0; seed < 50; ++seed) {
    const Cpu fresh(bus, pins, CpuModel{.prid = PRID_R3000}, Random(seed));
    const CpuState& state = fresh.state();
    EXPECT_EQ(state.pc.value, VECTOR_RESET);
    EXPECT_EQ(state.next_pc.value, VECTOR_RESET + 4);
    EXPECT_FALSE(state.in_delay_slot);
    EXPECT_EQ(state.gpr[0], 0u);
    EXPECT_EQ(state.cp0.prid, uint32_t{PRID_R3000});
    const uint32_t defined =
        STATUS_BEV | STATUS_TS | STATUS_SWC | STATUS_ISC | STATUS_KUC | STATUS_IEC | STATUS_RE;
    EXPECT_EQ(state.cp0.status & defined, uint32_t{STATUS_BEV});
    EXPECT_EQ(state.cp0.read(CP0_RANDOM, {.steps = state.steps}), 63u << RANDOM_SHIFT);
    EXPECT_EQ(fresh.instructions(), 0u);
  }
}

TEST_F(CpuTest, ResetLeavesUndefinedStateRandom) {
  std::set<uint32_t> status;
  std::set<uint32_t> registers;
  for (uint64_t seed = 0; seed < 50; ++seed) {
    const Cpu fresh(bus, pins, CpuModel{.prid = PRID_R3000}, Random(seed));
    status.insert(fresh.state().cp0.status);
    registers.insert({fresh.state().gpr[17], fresh.state().hi, fresh.state().cp0.epc});
  }
  EXPECT_GT(status.size(), 40u);
  EXPECT_EQ(registers.size(), 150u);
}

TEST_F(CpuTest, SameSeedSameState) {
  const Cpu one(bus, pins, CpuModel{.prid = PRID_R3000}, Random(7));
  const Cpu two(bus, pins, CpuModel{.prid = PRID_R3000}, Random(7));
  EXPECT_EQ(one.state(), two.state());
}

TEST_F(CpuTest, RandomStepsDownOncePerStep) {
  program("nop; nop; mfc0 v0,c0_random; nop");
  run(4);
  EXPECT_EQ(gpr(REG_V0) >> RANDOM_SHIFT, 61u);
}

TEST_F(CpuTest, ChangesThroughStateTakeEffectAtOnce) {
  map(8, 0x00400000, 0, kData & KSEG_MASK, ENTRYLO_V | ENTRYLO_G);
  poke(kData, 1);
  poke(kData + 0x1000, 2);
  program("lw v0,0(a0); lw v0,0(a0)");
  set_gpr(REG_A0, 0x00400000);
  EXPECT_EQ(run(1).data.value, 1u);
  map(8, 0x00400000, 0, (kData + 0x1000) & KSEG_MASK, ENTRYLO_V | ENTRYLO_G);
  EXPECT_EQ(run(1).data.value, 2u);
}

TEST_F(CpuTest, CodeOutsideRamRunsFromTheBus) {
  std::vector<std::byte> rom(16);
  const uint32_t words[] = {0x24020007, 0};  // addiu v0,zero,7; nop
  std::memcpy(rom.data(), words, sizeof words);
  ASSERT_TRUE(bus.add_rom("prom", {PROM_BASE}, rom));
  cpu.set_pc({VECTOR_RESET});
  const Retired r = run(1);
  EXPECT_EQ(r.fetched_from.value, uint32_t{PROM_BASE});
  EXPECT_EQ(gpr(REG_V0), 7u);
}

TEST_F(CpuTest, StoredCodeIsExecuted) {
  program("sw a1,8(a0); nop; nop");
  set_gpr(REG_A0, kCode);
  set_gpr(REG_A1, 0x24020007);
  run(3);
  EXPECT_EQ(gpr(REG_V0), 7u);
}

}  // namespace
}  // namespace exosim
