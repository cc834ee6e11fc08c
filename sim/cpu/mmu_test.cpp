// Translation, as docs/machine.md has it, by running loads, stores and fetches.
#include "sim/cpu/mmu.hpp"

#include "sim/cpu/cpu_fixture.hpp"

namespace exosim {
namespace {

constexpr uint32_t kUserPage = 0x00400000;
constexpr uint32_t kKernelPage = 0xc0400000;
constexpr uint32_t kFrame = 0x00030000;

class MmuTest : public CpuFixture {
 protected:
  static constexpr unsigned kAsid = 5;

  MmuTest() : CpuFixture({.data_cache = {4096, 1}}) {
    cp0().entry_hi = kAsid << ENTRYHI_ASID_SHIFT;
    poke(KSEG0_BASE + kFrame + 8, 0x600dda7a);
    set_gpr(REG_A1, 0x12345678);
  }

  /// Runs one instruction with `address` in a0.
  Retired access(std::string_view instruction, uint32_t address) {
    program(instruction);
    set_gpr(REG_A0, address);
    cpu.set_pc({kCode});
    return run(1);
  }
  void expect_exception(const Retired& retired, unsigned code, uint32_t vector) {
    EXPECT_TRUE(retired.exception.taken);
    EXPECT_EQ(retired.exception.code, code);
    EXPECT_EQ(retired.exception.vector.value, vector);
    EXPECT_EQ(retired.data.kind, DataAccess::Kind::kNone);
  }
};

TEST_F(MmuTest, Kseg0AndKseg1AreWindowsOnPhysicalMemory) {
  const Retired cached = access("lw v0,8(a0)", KSEG0_BASE + kFrame);
  EXPECT_TRUE(cached.data.cached);
  EXPECT_EQ(cached.data.phys.value, kFrame + 8);
  EXPECT_EQ(cached.data.value, 0x600dda7au);
  const Retired uncached = access("lw v0,8(a0)", KSEG1_BASE + kFrame);
  EXPECT_FALSE(uncached.data.cached);
  EXPECT_EQ(uncached.data.phys.value, kFrame + 8);
}

TEST_F(MmuTest, MappedAccessUsesTheEntry) {
  map(8, kUserPage, kAsid, kFrame, ENTRYLO_V | ENTRYLO_D);
  EXPECT_EQ(access("lw v0,8(a0)", kUserPage).data.value, 0x600dda7au);
  EXPECT_TRUE(access("sw a1,8(a0)", kUserPage).data.cached);
  EXPECT_EQ(peek(KSEG0_BASE + kFrame + 8), 0x12345678u);
}

TEST_F(MmuTest, NBitMakesAPageUncached) {
  map(8, kUserPage, kAsid, kFrame, ENTRYLO_V | ENTRYLO_D | ENTRYLO_N);
  EXPECT_FALSE(access("lw v0,8(a0)", kUserPage).data.cached);
}

TEST_F(MmuTest, NoMatchInKusegUsesTheRefillVectorEvenInKernelMode) {
  const Retired load = access("lw v0,8(a0)", kUserPage);
  expect_exception(load, EXC_TLBL, VECTOR_UTLB);
  EXPECT_TRUE(load.exception.refill);
  expect_exception(access("sw v0,8(a0)", kUserPage), EXC_TLBS, VECTOR_UTLB);
}

TEST_F(MmuTest, NoMatchInKseg2UsesTheGeneralVector) {
  expect_exception(access("lw v0,8(a0)", kKernelPage), EXC_TLBL, VECTOR_GENERAL);
  expect_exception(access("sw v0,8(a0)", kKernelPage), EXC_TLBS, VECTOR_GENERAL);
}

TEST_F(MmuTest, InvalidEntryUsesTheGeneralVector) {
  map(8, kUserPage, kAsid, kFrame, ENTRYLO_D);
  expect_exception(access("lw v0,8(a0)", kUserPage), EXC_TLBL, VECTOR_GENERAL);
  expect_exception(access("sw v0,8(a0)", kUserPage), EXC_TLBS, VECTOR_GENERAL);
}

TEST_F(MmuTest, StoreToACleanPageIsModified) {
  map(8, kUserPage, kAsid, kFrame, ENTRYLO_V);
  EXPECT_FALSE(access("lw v0,8(a0)", kUserPage).exception.taken);
  expect_exception(access("sw v0,8(a0)", kUserPage), EXC_MOD, VECTOR_GENERAL);
}

TEST_F(MmuTest, PartialStoresMissAsStores) {
  expect_exception(access("sb v0,9(a0)", kUserPage), EXC_TLBS, VECTOR_UTLB);
  expect_exception(access("swl v0,9(a0)", kUserPage), EXC_TLBS, VECTOR_UTLB);
  expect_exception(access("swr v0,9(a0)", kUserPage), EXC_TLBS, VECTOR_UTLB);
  expect_exception(access("lwl v0,9(a0)", kUserPage), EXC_TLBL, VECTOR_UTLB);
}

TEST_F(MmuTest, UserAccessAboveKusegIsAnAddressErrorBeforeTheTlb) {
  map(8, kKernelPage, kAsid, kFrame, ENTRYLO_V | ENTRYLO_D);
  map(9, kUserPage, kAsid, 0x1000, ENTRYLO_V);
  for (const uint32_t address : {KSEG0_BASE + kFrame, KSEG1_BASE + kFrame, kKernelPage}) {
    program("lw v0,0(a0); sw v0,0(a0)");
    set_gpr(REG_A0, address);
    cp0().status = STATUS_KUC;
    cpu.set_pc({kUserPage});
    expect_exception(run(1), EXC_ADEL, VECTOR_GENERAL);
    EXPECT_EQ(cp0().bad_vaddr, address);
    cp0().status = STATUS_KUC;
    cpu.set_pc({kUserPage + 4});
    expect_exception(run(1), EXC_ADES, VECTOR_GENERAL);
  }
}

TEST_F(MmuTest, UserFetchAboveKusegIsAnAddressError) {
  program("nop");
  run(1);  // the kernel has used the page
  set_user_mode();
  cpu.set_pc({kCode});
  expect_exception(run(1), EXC_ADEL, VECTOR_GENERAL);
  EXPECT_EQ(cp0().epc, kCode);
}

TEST_F(MmuTest, AlignmentComesBeforeTheTlb) {
  expect_exception(access("lw v0,2(a0)", kUserPage), EXC_ADEL, VECTOR_GENERAL);
  expect_exception(access("lh v0,1(a0)", kUserPage), EXC_ADEL, VECTOR_GENERAL);
  expect_exception(access("sw v0,1(a0)", kUserPage), EXC_ADES, VECTOR_GENERAL);
  expect_exception(access("sh v0,3(a0)", kUserPage), EXC_ADES, VECTOR_GENERAL);
}

TEST_F(MmuTest, TlbExceptionFillsContextAndEntryHiAndKeepsTheAsid) {
  cp0().context = 0xffe00000;
  access("lw v0,8(a0)", 0x7fffe000);
  EXPECT_EQ(cp0().bad_vaddr, 0x7fffe008u);
  EXPECT_EQ(cp0().entry_hi, 0x7fffe000u | (kAsid << ENTRYHI_ASID_SHIFT));
  EXPECT_EQ(cp0().context, 0xffe00000u | (0x7fffeu << 2));
}

TEST_F(MmuTest, AddressErrorLeavesContextAndEntryHiAlone) {
  const Cp0 before = cp0();
  access("lw v0,1(a0)", kUserPage);
  EXPECT_EQ(cp0().bad_vaddr, kUserPage + 1);
  EXPECT_EQ(cp0().entry_hi, before.entry_hi);
  EXPECT_EQ(cp0().context, before.context);
}

TEST_F(MmuTest, TlbWriteReplacesTheTranslationInUse) {
  poke(KSEG0_BASE + kFrame + 0x1008, 0x0ddda7a0);
  map(8, kUserPage, kAsid, kFrame, ENTRYLO_V | ENTRYLO_D);
  program("lw v0,8(a0); tlbwi; lw v0,8(a0)");
  set_gpr(REG_A0, kUserPage);
  cp0().index = 8 << INDEX_SHIFT;
  cp0().entry_hi = kUserPage | (kAsid << ENTRYHI_ASID_SHIFT);
  cp0().entry_lo = (kFrame + 0x1000) | ENTRYLO_V;
  EXPECT_EQ(run(1).data.value, 0x600dda7au);
  EXPECT_EQ(run(2).data.value, 0x0ddda7a0u);
}

TEST_F(MmuTest, TlbWriteTakesAwayTheTranslationOfTheOldPage) {
  map(8, kUserPage, kAsid, kFrame, ENTRYLO_V | ENTRYLO_D);
  program("lw v0,8(a0); tlbwi; lw v0,8(a0)");
  set_gpr(REG_A0, kUserPage);
  cp0().index = 8 << INDEX_SHIFT;
  cp0().entry_hi = (kUserPage + 0x1000) | (kAsid << ENTRYHI_ASID_SHIFT);
  run(2);
  expect_exception(run(1), EXC_TLBL, VECTOR_UTLB);
}

TEST_F(MmuTest, TlbWriteReplacesTheCodePageInUse) {
  map(8, kUserPage, kAsid, kFrame, ENTRYLO_V);
  place(KSEG0_BASE + kFrame, "tlbwi; addiu v0,zero,1");
  place(KSEG0_BASE + kFrame + 0x1000, "nop; addiu v0,zero,2");
  cp0().index = 8 << INDEX_SHIFT;
  cp0().entry_hi = kUserPage | (kAsid << ENTRYHI_ASID_SHIFT);
  cp0().entry_lo = (kFrame + 0x1000) | ENTRYLO_V;
  cpu.set_pc({kUserPage});
  run(2);
  EXPECT_EQ(gpr(REG_V0), 2u);
}

TEST_F(MmuTest, AddressSpaceChangeAloneChangesTheTranslation) {
  poke(KSEG0_BASE + kFrame + 0x1008, 0x0ddda7a0);
  map(8, kUserPage, kAsid, kFrame, ENTRYLO_V | ENTRYLO_D);
  map(9, kUserPage, kAsid + 1, kFrame + 0x1000, ENTRYLO_V | ENTRYLO_D);
  program("lw v0,8(a0); mtc0 a1,c0_entryhi; lw v0,8(a0); nop");
  set_gpr(REG_A0, kUserPage);
  set_gpr(REG_A1, (kAsid + 1) << ENTRYHI_ASID_SHIFT);
  EXPECT_EQ(run(1).data.value, 0x600dda7au);
  EXPECT_EQ(run(2).data.value, 0x0ddda7a0u);
}

TEST_F(MmuTest, DuplicateMatchShutsTheTlbDown) {
  map(8, kUserPage, kAsid, kFrame, ENTRYLO_V);
  map(9, kUserPage, kAsid, kFrame, ENTRYLO_V);
  map(10, kUserPage + 0x1000, kAsid, kFrame, ENTRYLO_V);
  EXPECT_FALSE(access("lw v0,8(a0)", kUserPage + 0x1000).exception.taken);
  expect_exception(access("lw v0,8(a0)", kUserPage), EXC_TLBL, VECTOR_UTLB);
  EXPECT_TRUE(cp0().status & STATUS_TS);
  expect_exception(access("lw v0,8(a0)", kUserPage + 0x1000), EXC_TLBL, VECTOR_UTLB);
  EXPECT_FALSE(access("lw v0,8(a0)", KSEG0_BASE + kFrame).exception.taken);
}

TEST_F(MmuTest, ProbeFindsTheEntryOrSetsP) {
  map(33, kUserPage, kAsid, kFrame, 0);
  cp0().entry_hi = kUserPage | (kAsid << ENTRYHI_ASID_SHIFT);
  access("tlbp", 0);
  EXPECT_EQ(cp0().index, 33u << INDEX_SHIFT);
  cp0().entry_hi = kUserPage | ((kAsid + 1) << ENTRYHI_ASID_SHIFT);
  access("tlbp", 0);
  EXPECT_EQ(cp0().index & INDEX_P, INDEX_P);
}

TEST_F(MmuTest, TlbReadLoadsBothRegistersIncludingTheAsid) {
  map(33, kUserPage, 17, kFrame, ENTRYLO_V | ENTRYLO_G);
  cp0().index = 33 << INDEX_SHIFT;
  access("tlbr", 0);
  EXPECT_EQ(cp0().entry_hi, kUserPage | (17 << ENTRYHI_ASID_SHIFT));
  EXPECT_EQ(cp0().entry_lo, kFrame | ENTRYLO_V | ENTRYLO_G);
}

TEST_F(MmuTest, RandomWriteUsesTheEntryThatRandomShows) {
  cp0().entry_hi = kUserPage | (kAsid << ENTRYHI_ASID_SHIFT);
  cp0().entry_lo = kFrame | ENTRYLO_V;
  program("mfc0 v0,c0_random; tlbwr; nop");
  run(3);
  const unsigned read = gpr(REG_V0) >> RANDOM_SHIFT;
  EXPECT_EQ(cpu_state().tlb.read(read - 1).hi, cp0().entry_hi);
}

}  // namespace
}  // namespace exosim
