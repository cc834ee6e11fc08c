// The assembler: it reads what the disassembler writes, and says what is wrong with other text.
#include "isa/assembler.hpp"

#include <gtest/gtest.h>

#include <random>

#include "isa/disassembler.hpp"
#include "isa/encoder.hpp"
#include "isa/testing/random_words.hpp"

namespace exosim::isa {
namespace {

constexpr uint32_t kBase = 0x80000100;

Word word_of(std::string_view text, uint32_t address = kBase, const Labels& labels = {}) {
  const auto word = assemble(text, address, labels);
  EXPECT_TRUE(word) << text << ": " << word.error();
  return word ? *word : Word{0xffffffff};
}

std::string error_of(std::string_view text) {
  const auto word = assemble(text, kBase);
  return word ? "" : word.error();
}

TEST(Assembler, ReadsBackWhatTheDisassemblerWrites) {
  std::mt19937 random(6);
  for (const InsnInfo& insn : kInsnInfo)
    for (int i = 0; i < 500; ++i) {
      const Word word = random_canonical_word(insn, random);
      const std::string text = disassemble(word, kBase);
      ASSERT_EQ(word_of(text).bits, word.bits) << text;
    }
}

TEST(Assembler, ReadsBackReservedWords) {
  const Word word{0x7c03e83b};
  EXPECT_EQ(word_of(disassemble(word, kBase)), word);
}

TEST(Assembler, TakesBothSpellingsOfRegisters) {
  EXPECT_EQ(word_of("addu $2, $4,$5"), encode<"addu">(2, 4, 5));
  EXPECT_EQ(word_of("addu $v0,a0,$a1"), encode<"addu">(2, 4, 5));
  EXPECT_EQ(word_of("addu fp,s8,$30"), encode<"addu">(30, 30, 30));
  EXPECT_EQ(word_of("mfc0 k0,c0_status"), encode<"mfc0">(26, 12));
  EXPECT_EQ(word_of("mfc0 k0,$12"), encode<"mfc0">(26, 12));
}

TEST(Assembler, TakesTargetsAsAddresses) {
  EXPECT_EQ(word_of("beq a0,zero,0x80000010", 0x80000000), encode<"beq">(4, 0, 12));
  EXPECT_EQ(word_of("j 0x80002000"), encode<"j">(0x2000));
  EXPECT_EQ(word_of("jal there", kBase, {{"there", 0x80000040}}), encode<"jal">(0x40));
}

TEST(Assembler, LetsTheUsualOperandsBeLeftOut) {
  EXPECT_EQ(word_of("nop"), kNop);
  EXPECT_EQ(word_of("jalr t9"), encode<"jalr">(31, 25));
  EXPECT_EQ(word_of("break"), encode<"break">(0));
  EXPECT_EQ(word_of("break 7"), encode<"break">(7));
  EXPECT_EQ(word_of("syscall 0x12345"), encode<"syscall">(0x12345));
}

TEST(Assembler, SplitsAddressesWithHiAndLo) {
  const Labels labels = {{"data", 0x8001fffc}};
  EXPECT_EQ(word_of("lui t0,%hi(data)", kBase, labels), encode<"lui">(8, 0x8002));
  EXPECT_EQ(word_of("addiu t0,t0,%lo(data)", kBase, labels), encode<"addiu">(8, 8, -4));
  EXPECT_EQ(word_of("lw t1,%lo(data)(t0)", kBase, labels), encode<"lw">(9, -4, 8));
}

TEST(Assembler, SaysWhatIsWrong) {
  EXPECT_EQ(error_of("frob a0"), "no such instruction: 'frob'");
  EXPECT_EQ(error_of("addu a0,a1"), "addu takes 3 operands, not 2");
  EXPECT_EQ(error_of("addu a0,a1,a2,a3"), "addu takes 3 operands, not 4");
  EXPECT_EQ(error_of("addu a0,a1,q7"), "no such register: 'q7'");
  EXPECT_EQ(error_of("addu a0,a1,$32"), "no such register: '$32'");
  EXPECT_EQ(error_of("addiu a0,a1,0x8000"), "out of range: '0x8000'");
  EXPECT_EQ(error_of("ori a0,a1,-1"), "out of range: '-1'");
  EXPECT_EQ(error_of("sll a0,a1,32"), "out of range: '32'");
  EXPECT_EQ(error_of("addiu a0,a1,12q"), "not a number or label: '12q'");
  EXPECT_EQ(error_of("addiu a0,a1,4294967296"), "not a number or label: '4294967296'");
  EXPECT_EQ(error_of("lw a0,4[sp]"), "lw takes 3 operands, not 2");
  EXPECT_EQ(error_of("div a0,a1,a2"), "the first operand must be zero, not 'a0'");
  EXPECT_EQ(error_of("beq a0,a1,0x80000102"), "not a multiple of 4: '0x80000102'");
  EXPECT_EQ(error_of("beq a0,a1,0x80040000"), "out of a branch's reach: '0x80040000'");
  EXPECT_EQ(error_of("j 0x10000000"), "outside the jump's 256 MiB region: '0x10000000'");
  EXPECT_EQ(error_of("mfc0 a0,c0_nothing"), "no such register: 'c0_nothing'");
  EXPECT_EQ(error_of(".word nothing"), "not a 32-bit number or label: 'nothing'");
  EXPECT_EQ(error_of(""), "no such instruction: ''");
}

TEST(Assembler, ReachesAsFarAsABranchDoes) {
  EXPECT_EQ(word_of("beq a0,a1,0x80020000", 0x80000000).uimm(), 0x7fffu);
  EXPECT_FALSE(assemble("beq a0,a1,0x80020004", 0x80000000));
  EXPECT_EQ(word_of("beq a0,a1,0x7ffe0004", 0x80000000).uimm(), 0x8000u);
  EXPECT_FALSE(assemble("beq a0,a1,0x7ffe0000", 0x80000000));
}

TEST(AssembleProgram, ResolvesLabelsInBothDirections) {
  const auto words = assemble_program(R"(
      start: addiu t0, zero, 3      # counts down
      loop:
        bne t0, zero, loop; addiu t0, t0, -1
        beq zero, zero, end
        nop
        j start
        nop
      end: break
      table: .word table
  )",
                                      kBase);
  ASSERT_TRUE(words) << words.error();
  const std::vector<Word> expected = {encode<"addiu">(8, 0, 3),
                                      encode<"bne">(8, 0, -4),
                                      encode<"addiu">(8, 8, -1),
                                      encode<"beq">(0, 0, 12),
                                      kNop,
                                      encode<"j">(kBase),
                                      kNop,
                                      encode<"break">(),
                                      Word{kBase + 32}};
  EXPECT_EQ(*words, expected);
}

TEST(AssembleProgram, NamesTheLineOfAnError) {
  const auto bad_name = assemble_program("nop\nnop\n  frob a0\n", kBase);
  ASSERT_FALSE(bad_name);
  EXPECT_EQ(bad_name.error(), "line 3: no such instruction: 'frob'");
  const auto twice = assemble_program("a: nop\na: nop", kBase);
  ASSERT_FALSE(twice);
  EXPECT_EQ(twice.error(), "line 2: label defined twice: 'a'");
}

}  // namespace
}  // namespace exosim::isa
