// Each hazard: at one instruction less than the distance, and at the distance.
#include "sim/machine/diagnosis/hazards.hpp"

#include <string>

#include "sim/cpu/cpu_fixture.hpp"

namespace exosim {
namespace {

class HazardsTest : public CpuFixture {
 protected:
  HazardsTest() : CpuFixture({.prid = PRID_R3000A, .data_cache = {4096, 1}}) {
    set_gpr(REG_A0, kData);
    set_gpr(REG_A1, kPage);
    map(0, kPage, 0, 0x9000, ENTRYLO_V | ENTRYLO_D | ENTRYLO_G);
    cp0().entry_hi = kPage;
    cp0().entry_lo = 0x9000 | ENTRYLO_V | ENTRYLO_D | ENTRYLO_G;
    cp0().index = 0;
    poke(KSEG0_BASE + 0x9000, 0);
  }

  /// What the checker says about the instructions of the program; empty if nothing.
  std::string found_in(std::string_view source, int steps) {
    program(source);
    return found(steps);
  }
  std::string found(int steps) {
    HazardChecker checker;
    cpu.set_pc({kCode});
    std::string text;
    checker.look({}, cpu_state().cp0);
    for (; steps > 0; --steps) {
      const Retired retired = cpu.step();
      if (const auto hazard = checker.look(retired, cpu_state().cp0)) text += hazard->text + "\n";
    }
    return text;
  }

  static constexpr uint32_t kPage = 0x00400000;
};

TEST_F(HazardsTest, TlbWriteNeedsItsRegistersOneInstructionEarlier) {
  EXPECT_EQ(found_in("mtc0 a1,c0_entryhi; tlbwi", 2),
            "tlbwi 0 instructions after mtc0 to EntryHi; 1 must stand between\n");
  EXPECT_EQ(found_in("mfc0 t0,c0_entrylo; nop; mtc0 t0,c0_entrylo; tlbwr", 4),
            "tlbwr 0 instructions after mtc0 to EntryLo; 1 must stand between\n");
  EXPECT_EQ(found_in("mtc0 zero,c0_index; tlbr", 2),
            "tlbr 0 instructions after mtc0 to Index; 1 must stand between\n");
  EXPECT_EQ(found_in("mtc0 a1,c0_entryhi; tlbp", 2),
            "tlbp 0 instructions after mtc0 to EntryHi; 1 must stand between\n");
  EXPECT_EQ(found_in("mtc0 a1,c0_entryhi; nop; tlbwi; mtc0 zero,c0_index; nop; tlbr", 6), "");
  EXPECT_EQ(found_in("mtc0 zero,c0_index; tlbp", 2), "");
}

TEST_F(HazardsTest, MappedAccessNeedsTheTlbWriteOneInstructionEarlier) {
  EXPECT_EQ(found_in("tlbwi; lw v0,0(a1)", 2),
            "lw 0 instructions after a write of the TLB; 1 must stand between\n");
  EXPECT_EQ(found_in("tlbwi; nop; lw v0,0(a1)", 3), "");
  EXPECT_EQ(found_in("tlbwi; lw v0,0(a0)", 2), "");
}

TEST_F(HazardsTest, MappedFetchNeedsTheTlbWriteTwoInstructionsEarlier) {
  EXPECT_EQ(found_in("jr a1; tlbwi", 3),
            "sll 0 instructions after a write of the TLB; 2 must stand between\n");
  EXPECT_EQ(found_in("tlbwi; jr a1; nop", 4), "");
}

TEST_F(HazardsTest, MappedAccessNeedsTheAsidOneInstructionEarlier) {
  set_gpr(REG_T0, 3 << ENTRYHI_ASID_SHIFT);
  EXPECT_EQ(found_in("mtc0 t0,c0_entryhi; lw v0,0(a1)", 2),
            "lw 0 instructions after mtc0 that changed EntryHi's ASID; 1 must stand between\n");
  EXPECT_EQ(found_in("mtc0 t0,c0_entryhi; lw v0,0(a1)", 2), "") << "the same ASID again";
}

TEST_F(HazardsTest, MappedAccessNeedsTheAsidOfTlbrOneInstructionEarlier) {
  map(0, kPage, 3, 0x9000, ENTRYLO_V);
  EXPECT_EQ(found_in("tlbr; lw v0,0(a1)", 2),
            "lw 0 instructions after tlbr that changed EntryHi's ASID; 1 must stand between\n");
  EXPECT_EQ(found_in("tlbr; lw v0,0(a1)", 2), "") << "the same ASID again";
  cp0().entry_hi = 0;
  EXPECT_EQ(found_in("tlbr; nop; lw v0,0(a1)", 3), "");
}

TEST_F(HazardsTest, MappedAccessThatFaultsIsOneToo) {
  map(0, kPage, 0, 0x9000, ENTRYLO_V);
  set_gpr(REG_T0, 3 << ENTRYHI_ASID_SHIFT);
  EXPECT_EQ(found_in("mtc0 t0,c0_entryhi; lw v0,0(a1)", 2),
            "lw 0 instructions after mtc0 that changed EntryHi's ASID; 1 must stand between\n");
  cp0().entry_hi = kPage;
  EXPECT_EQ(found_in("mtc0 t0,c0_entryhi; nop; sw v0,0(a1)", 3), "") << "TLBS at the distance";
  cp0().entry_hi = kPage;
  EXPECT_EQ(found_in("mtc0 t0,c0_entryhi; sw v0,0(a1)", 2),
            "sw 0 instructions after mtc0 that changed EntryHi's ASID; 1 must stand between\n");
  cp0().entry_hi = kPage;
  cp0().entry_lo = 0x9000 | ENTRYLO_V;
  EXPECT_EQ(found_in("tlbwi; sw v0,0(a1)", 2),
            "sw 0 instructions after a write of the TLB; 1 must stand between\n")
      << "Mod";
  EXPECT_EQ(found_in("tlbwi; lw v0,1(a0)", 2), "") << "an address error";
}

TEST_F(HazardsTest, MappedFetchThatFaultsIsOneToo) {
  map(0, kPage, 0, 0x9000, ENTRYLO_V);
  set_gpr(REG_T0, 3 << ENTRYHI_ASID_SHIFT);
  place(KSEG0_BASE + 0x9000, "mtc0 t0,c0_entryhi; nop");
  EXPECT_EQ(found_in("jr a1; nop", 4),
            "a fetch 0 instructions after mtc0 that changed EntryHi's ASID; 2 must stand "
            "between\n");
  cp0().entry_hi = kPage;
  EXPECT_EQ(found_in("mtc0 t0,c0_entryhi; jr a1; nop", 4), "");
}

TEST_F(HazardsTest, AccessThatFindsNoMemoryIsTranslatedToo) {
  map(0, kPage, 0, KSEG_MASK & kAbsent, ENTRYLO_V | ENTRYLO_G);
  set_gpr(REG_T0, 3 << ENTRYHI_ASID_SHIFT);
  EXPECT_EQ(found_in("jr a1; mtc0 t0,c0_entryhi", 3),
            "a fetch 0 instructions after mtc0 that changed EntryHi's ASID; 2 must stand "
            "between\n");
}

TEST_F(HazardsTest, InterruptIsNoFetch) {
  set_gpr(REG_T0, 3 << ENTRYHI_ASID_SHIFT);
  place(KSEG0_BASE + 0x9000, "mtc0 t0,c0_entryhi; nop");
  program("jr a1; nop");
  cp0().status = STATUS_IEC | (1u << (STATUS_IM_SHIFT + 2));
  HazardChecker checker;
  cpu.set_pc({kCode});
  checker.look({}, cpu_state().cp0);
  for (int steps = 3; steps > 0; --steps) EXPECT_FALSE(checker.look(cpu.step(), cpu_state().cp0));
  pins.raise(2);
  const Retired interrupt = cpu.step();
  ASSERT_TRUE(interrupt.exception.taken);
  EXPECT_FALSE(checker.look(interrupt, cpu_state().cp0));
}

TEST_F(HazardsTest, CachedAccessNeedsIsolationTwoInstructionsEarlier) {
  set_gpr(REG_T0, STATUS_ISC);
  EXPECT_EQ(found_in("mtc0 t0,c0_status; nop; sb zero,0(a0)", 3),
            "sb 1 instruction after mtc0 that changed Status.IsC or SwC; 2 must stand between\n");
  cp0().status = 0;
  EXPECT_EQ(found_in("mtc0 t0,c0_status; nop; nop; sb zero,0(a0)", 4), "");
  cp0().status = 0;
  set_gpr(REG_A0, kData + KSEG1_BASE - KSEG0_BASE);
  EXPECT_EQ(found_in("mtc0 t0,c0_status; sb zero,0(a0)", 2), "");
}

TEST_F(HazardsTest, CoprocessorNeedsItsUsableBitTwoInstructionsEarlier) {
  set_gpr(REG_T0, STATUS_CU2);
  EXPECT_EQ(found_in("mtc0 t0,c0_status; nop; lwc2 $1,0(a0)", 3),
            "lwc2 1 instruction after mtc0 that changed Status.CU; 2 must stand between\n");
  cp0().status = 0;
  EXPECT_EQ(found_in("mtc0 t0,c0_status; nop; nop; lwc2 $1,0(a0)", 4), "");
}

TEST_F(HazardsTest, HiAndLoAreWrittenTwoInstructionsAfterTheyWereRead) {
  EXPECT_EQ(found_in("mflo v0; nop; mult a0,a1", 3),
            "mult 1 instruction after mfhi or mflo; 2 must stand between\n");
  EXPECT_EQ(found_in("mfhi v0; mtlo a0", 2),
            "mtlo 0 instructions after mfhi or mflo; 2 must stand between\n");
  EXPECT_EQ(found_in("mflo v0; nop; nop; divu zero,a0,a1", 4), "");
}

TEST_F(HazardsTest, ModeIsChangedByRfeOnly) {
  set_gpr(REG_T0, STATUS_KUC);
  EXPECT_EQ(found_in("nop; mtc0 t0,c0_status", 2),
            "mtc0 changes Status.KUc; only rfe changes the mode at a known instruction\n");
  cp0().status = STATUS_KUP;
  EXPECT_EQ(found_in("nop; rfe", 2), "");
}

TEST_F(HazardsTest, AnExceptionEndsEveryHazard) {
  place(VECTOR_GENERAL, "mult a0,a1");
  EXPECT_EQ(found_in("mflo v0; syscall", 3), "");
}

}  // namespace
}  // namespace exosim
