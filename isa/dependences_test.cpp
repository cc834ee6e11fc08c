// What the recorder finds out about each group of rows, and what must hold of every row.
#include "isa/dependences.hpp"

#include <gtest/gtest.h>

#include <random>

#include "isa/encoder.hpp"
#include "isa/testing/random_words.hpp"

namespace exosim::isa {
namespace {

constexpr uint32_t bits(auto... registers) { return ((1u << registers) | ... | 0u); }

static_assert(dependences(encode<"addu">(2, 4, 5)).writes == bits(2), "also at compile time");

TEST(Dependences, OfArithmeticAreItsOperands) {
  EXPECT_EQ(dependences(encode<"addu">(2, 4, 5)),
            (Dependences{.reads = bits(4, 5), .writes = bits(2)}));
  EXPECT_EQ(dependences(encode<"add">(2, 4, 5)),
            (Dependences{.reads = bits(4, 5), .writes = bits(2), .may_overflow = true}));
  EXPECT_EQ(dependences(encode<"addi">(2, 4, 1)),
            (Dependences{.reads = bits(4), .writes = bits(2), .may_overflow = true}));
  EXPECT_EQ(dependences(encode<"lui">(2, 1)), (Dependences{.writes = bits(2)}));
  EXPECT_EQ(dependences(encode<"sra">(2, 4, 1)),
            (Dependences{.reads = bits(4), .writes = bits(2)}));
  EXPECT_EQ(dependences(encode<"srav">(2, 4, 7)),
            (Dependences{.reads = bits(4, 7), .writes = bits(2)}));
}

TEST(Dependences, LeaveRegisterZeroOut) {
  EXPECT_EQ(dependences(encode<"addu">(0, 0, 5)), (Dependences{.reads = bits(5)}));
  EXPECT_EQ(dependences(kNop), Dependences{});
}

TEST(Dependences, OfMultiplyAndDivideAreHiAndLo) {
  const Dependences divide = {.reads = bits(4, 5), .writes_hi = true, .writes_lo = true};
  EXPECT_EQ(dependences(encode<"div">(4, 5)), divide);
  EXPECT_EQ(dependences(encode<"multu">(4, 5)), divide);
  EXPECT_EQ(dependences(encode<"mfhi">(2)), (Dependences{.writes = bits(2), .reads_hi = true}));
  EXPECT_EQ(dependences(encode<"mflo">(2)), (Dependences{.writes = bits(2), .reads_lo = true}));
  EXPECT_EQ(dependences(encode<"mtlo">(2)), (Dependences{.reads = bits(2), .writes_lo = true}));
}

TEST(Dependences, OfBranchesIncludeTheLink) {
  EXPECT_EQ(dependences(encode<"beq">(4, 5, 8)),
            (Dependences{.reads = bits(4, 5), .branches = true}));
  EXPECT_EQ(dependences(encode<"bltzal">(4, 8)),
            (Dependences{.reads = bits(4), .writes = bits(31), .branches = true}));
  EXPECT_EQ(dependences(encode<"jal">(0)), (Dependences{.writes = bits(31), .branches = true}));
  EXPECT_EQ(dependences(encode<"jalr">(3, 25)),
            (Dependences{.reads = bits(25), .writes = bits(3), .branches = true}));
}

TEST(Dependences, OfLoadsAreDelayed) {
  EXPECT_EQ(
      dependences(encode<"lw">(2, 0, 29)),
      (Dependences{.reads = bits(29), .writes = bits(2), .load_delayed = true, .loads = true}));
  EXPECT_EQ(dependences(encode<"lwl">(2, 0, 29)), (Dependences{.reads = bits(29, 2),
                                                               .merges = bits(2),
                                                               .writes = bits(2),
                                                               .load_delayed = true,
                                                               .loads = true}));
}

TEST(Dependences, OfStoresAreReadsOnly) {
  const Dependences store = {.reads = bits(2, 29), .stores = true};
  EXPECT_EQ(dependences(encode<"sb">(2, 0, 29)), store);
  EXPECT_EQ(dependences(encode<"swr">(2, 0, 29)), store);
}

TEST(Dependences, OfCop0NameItsRegisters) {
  const Dependences from = dependences(encode<"mfc0">(2, CP0_CAUSE));
  EXPECT_EQ(from.reads_cop0, bits(CP0_CAUSE));
  EXPECT_EQ(from.writes, bits(2));
  EXPECT_TRUE(from.load_delayed);
  const Dependences to = dependences(encode<"mtc0">(2, CP0_STATUS));
  EXPECT_EQ(to.writes_cop0, bits(CP0_STATUS));
  EXPECT_EQ(to.reads, bits(2));
  EXPECT_EQ(dependences(encode<"tlbwi">()).reads_cop0, bits(CP0_INDEX, CP0_ENTRYHI, CP0_ENTRYLO));
  EXPECT_EQ(dependences(encode<"tlbp">()).writes_cop0, bits(CP0_INDEX));
}

TEST(Dependences, OfOtherCoprocessorsNameThem) {
  EXPECT_EQ(dependences(encode<"lwc2">(2, 0, 29)),
            (Dependences{.reads = bits(29), .coprocessors = bits(2), .loads = true}));
  EXPECT_EQ(dependences(encode<"mfc3">(2, 3)),
            (Dependences{.writes = bits(2), .load_delayed = true, .coprocessors = bits(3)}));
  EXPECT_EQ(dependences(encode<"ctc3">(2, 31)),
            (Dependences{.reads = bits(2), .coprocessors = bits(3)}));
  EXPECT_EQ(dependences(encode<"bc3t">(8)),
            (Dependences{.coprocessors = bits(3), .branches = true}));
}

TEST(Dependences, OfFloatingPointOperationsAreRegistersOrPairsAndTheControlRegister) {
  Dependences expected = {.reads_float = bits(4, 6),
                          .writes_float = bits(2),
                          .reads_cop1_control = bits(31),
                          .writes_cop1_control = bits(31),
                          .coprocessors = bits(1)};
  EXPECT_EQ(dependences(encode<"mul.s">(2, 4, 6)), expected);
  EXPECT_EQ(dependences(encode<"mul.s">(3, 5, 7)), expected);
  expected.reads_float = bits(4, 5, 6, 7);
  expected.writes_float = bits(2, 3);
  EXPECT_EQ(dependences(encode<"sub.d">(2, 4, 6)), expected);
  expected.reads_float = bits(4);
  EXPECT_EQ(dependences(encode<"cvt.d.w">(2, 4)), expected);
  expected.reads_float = bits(4, 5);
  expected.writes_float = bits(2);
  EXPECT_EQ(dependences(encode<"cvt.w.d">(2, 4)), expected);
  expected.writes_float = 0;
  expected.writes_condition = true;
  expected.reads_float = bits(4, 6);
  EXPECT_EQ(dependences(encode<"c.lt.s">(4, 6)), expected);
  EXPECT_EQ(dependences(encode<"mov.d">(2, 4)),
            (Dependences{
                .reads_float = bits(4, 5), .writes_float = bits(2, 3), .coprocessors = bits(1)}));
}

TEST(Dependences, OfFloatingPointTransfersAreDelayed) {
  EXPECT_EQ(dependences(encode<"lwc1">(3, 0, 29)), (Dependences{.reads = bits(29),
                                                                .writes_float = bits(3),
                                                                .float_delayed = true,
                                                                .coprocessors = bits(1),
                                                                .loads = true}));
  EXPECT_EQ(
      dependences(encode<"swc1">(3, 0, 29)),
      (Dependences{
          .reads = bits(29), .reads_float = bits(3), .coprocessors = bits(1), .stores = true}));
  EXPECT_EQ(dependences(encode<"mtc1">(2, 3)), (Dependences{.reads = bits(2),
                                                            .writes_float = bits(3),
                                                            .float_delayed = true,
                                                            .coprocessors = bits(1)}));
  EXPECT_EQ(dependences(encode<"mfc1">(2, 3)), (Dependences{.writes = bits(2),
                                                            .load_delayed = true,
                                                            .reads_float = bits(3),
                                                            .coprocessors = bits(1)}));
  EXPECT_EQ(dependences(encode<"ctc1">(2, 31)), (Dependences{.reads = bits(2),
                                                             .writes_cop1_control = bits(31),
                                                             .writes_condition = true,
                                                             .coprocessors = bits(1)}));
  EXPECT_EQ(dependences(encode<"cfc1">(2, 0)), (Dependences{.writes = bits(2),
                                                            .load_delayed = true,
                                                            .reads_cop1_control = bits(0),
                                                            .coprocessors = bits(1)}));
  EXPECT_EQ(dependences(encode<"bc1t">(8)),
            (Dependences{.reads_condition = true, .coprocessors = bits(1), .branches = true}));
}

TEST(Dependences, OfReservedWordsAreNone) { EXPECT_EQ(dependences({0x0000000f}), Dependences{}); }

/// Does the class say what the recorder found?
void expect_class_agrees(const InsnInfo& insn, const Dependences& found) {
  const bool coprocessor =
      insn.op_class >= OpClass::kCoprocessor && insn.op_class < OpClass::kReserved;
  const bool branch = insn.op_class == OpClass::kBranch || insn.op_class == OpClass::kJump;
  if (!coprocessor) {
    EXPECT_EQ(found.branches, branch) << insn.name;
    EXPECT_EQ(found.loads, insn.op_class == OpClass::kLoad) << insn.name;
    EXPECT_EQ(found.stores, insn.op_class == OpClass::kStore) << insn.name;
  }
  EXPECT_EQ(found.traps, insn.op_class == OpClass::kTrap) << insn.name;
  const bool cop0 = insn.op_class == OpClass::kCop0 || insn.encoding.match >> 21 == 0x208;  // bc0
  EXPECT_EQ(found.coprocessors != 0, coprocessor || cop0) << insn.name;
  if (cop0) {
    EXPECT_EQ(found.coprocessors, 1) << insn.name;
  }
}

TEST(Dependences, OfEveryRowAreSane) {
  std::mt19937 random(4);
  for (const InsnInfo& insn : kInsnInfo)
    for (int i = 0; i < 200; ++i) {
      const Word word = random_word(insn, random);
      const Dependences found = dependences(word);
      const uint32_t fields = bits(word.rs(), word.rt(), word.rd());
      EXPECT_EQ((found.reads | found.writes) & 1, 0u) << insn.name;
      EXPECT_EQ(found.reads & ~fields, 0u) << insn.name;
      EXPECT_EQ(found.writes & ~(fields | bits(31)), 0u) << insn.name;
      EXPECT_EQ(found.writes & (found.writes - 1), 0u) << insn.name;
      EXPECT_EQ(found.merges & ~found.reads, 0u) << insn.name;
      expect_class_agrees(insn, found);
    }
}

}  // namespace
}  // namespace exosim::isa
