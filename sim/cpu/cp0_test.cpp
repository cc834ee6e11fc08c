// CP0 registers: what can be written, what is read, the KU/IE stack, Random.
#include "sim/cpu/cp0.hpp"

#include <gtest/gtest.h>

#include <set>

namespace exosim {
namespace {

uint32_t written(unsigned reg, uint32_t value, Cp0 cp0 = {}) {
  cp0.write(reg, value);
  return cp0.read(reg, {});
}

TEST(Cp0, WriteMasksAreThoseOfTheManual) {
  EXPECT_EQ(written(CP0_INDEX, ~0u), 0x00003f00u);
  EXPECT_EQ(written(CP0_ENTRYLO, ~0u), 0xffffff00u);
  EXPECT_EQ(written(CP0_CONTEXT, ~0u), 0xffe00000u);
  EXPECT_EQ(written(CP0_ENTRYHI, ~0u), 0xffffffc0u);
  EXPECT_EQ(written(CP0_CAUSE, ~0u), 0x00000300u);
  EXPECT_EQ(written(CP0_STATUS, ~0u), 0xf047ff3fu);
}

TEST(Cp0, ReadOnlyRegistersIgnoreWrites) {
  const Cp0 cp0{.bad_vaddr = 0x1234, .epc = 0x5678, .prid = PRID_R3000A};
  EXPECT_EQ(written(CP0_BADVADDR, ~0u, cp0), 0x1234u);
  EXPECT_EQ(written(CP0_EPC, ~0u, cp0), 0x5678u);
  EXPECT_EQ(written(CP0_PRID, ~0u, cp0), uint32_t{PRID_R3000A});
  EXPECT_EQ(written(CP0_RANDOM, 0, cp0), 63u << RANDOM_SHIFT);
}

TEST(Cp0, ReadOnlyBitsKeepTheirValue) {
  EXPECT_EQ(written(CP0_INDEX, 0, {.index = INDEX_P}), INDEX_P);
  EXPECT_EQ(written(CP0_CONTEXT, 0, {.context = 0x1ffffc}), 0x1ffffcu);
  EXPECT_EQ(written(CP0_CAUSE, 0, {.cause = CAUSE_BD | 0x30}), CAUSE_BD | 0x30);
  EXPECT_EQ(written(CP0_STATUS, 0, {.status = STATUS_TS | STATUS_CM}),
            uint32_t{STATUS_TS | STATUS_CM});
}

TEST(Cp0, WritingOneToParityErrorClearsIt) {
  const Cp0 cp0{.status = STATUS_PE};
  EXPECT_EQ(written(CP0_STATUS, 0, cp0), uint32_t{STATUS_PE});
  EXPECT_EQ(written(CP0_STATUS, STATUS_PE, cp0), 0u);
}

TEST(Cp0, AbsentRegistersReadZero) {
  for (const unsigned reg : {3u, 5u, 6u, 7u, 9u, 11u, 16u, 31u}) EXPECT_EQ(written(reg, ~0u), 0u);
}

TEST(Cp0, CauseShowsPinsLive) {
  const Cp0 cp0{.cause = 0x100};
  EXPECT_EQ(cp0.read(CP0_CAUSE, {.hardware_interrupts = 0x84}), 0x8500u);
  EXPECT_EQ(cp0.read(CP0_CAUSE, {.hardware_interrupts = 0}), 0x0100u);
}

TEST(Cp0, ExceptionPushesAndRfePopsTheModeStack) {
  Cp0 cp0{.status = STATUS_CU0 | STATUS_KUC | STATUS_IEP};
  cp0.push_mode();
  EXPECT_EQ(cp0.status, uint32_t{STATUS_CU0 | STATUS_KUP | STATUS_IEO});
  cp0.pop_mode();
  EXPECT_EQ(cp0.status, uint32_t{STATUS_CU0 | STATUS_KUC | STATUS_IEP | STATUS_IEO});
}

TEST(Cp0, CoprocessorZeroIsUsableInKernelModeTheOthersByTheirBit) {
  EXPECT_TRUE((Cp0{.status = 0}.coprocessor_usable(0, 0)));
  EXPECT_FALSE((Cp0{.status = STATUS_KUC}.coprocessor_usable(0, STATUS_CU1)));
  EXPECT_TRUE((Cp0{.status = STATUS_KUC}.coprocessor_usable(0, STATUS_CU0)));
  EXPECT_FALSE((Cp0{.status = 0}.coprocessor_usable(1, STATUS_CU0)));
  EXPECT_TRUE((Cp0{.status = 0}.coprocessor_usable(3, STATUS_CU3)));
}

TEST(Cp0, BadPageKeepsAsidAndPteBase) {
  Cp0 cp0{.context = 0xffe00000, .entry_hi = 0xfc0};
  cp0.set_bad_page(0x7fffffff);
  EXPECT_EQ(cp0.entry_hi, 0x7fffffc0u);
  EXPECT_EQ(cp0.context, 0xfffffffcu);
}

TEST(Cp0, RandomCountsDownThroughAllEntriesButTheWiredOnes) {
  std::set<unsigned> seen;
  for (uint64_t step = 0; step < 56; ++step) {
    EXPECT_EQ(random_entry(step), 63 - step);
    seen.insert(random_entry(step));
  }
  EXPECT_EQ(random_entry(56), 63u);
  EXPECT_EQ(*seen.begin(), 8u);
}

}  // namespace
}  // namespace exosim
