// Frames of functions as assembly programmers and compilers write them.
#include "sim/machine/diagnosis/prologue.hpp"

#include <gtest/gtest.h>
#include <rapidcheck.h>
#include <rapidcheck/gtest.h>

#include <string_view>

#include "isa/assembler.hpp"
#include "isa/machine/registers.h"

namespace exosim {
namespace {

std::optional<FrameRule> scan(std::string_view source) {
  const auto words = isa::assemble_program(source, 0x80001000);
  EXPECT_TRUE(words) << words.error();
  return scan_prologue(*words);
}

TEST(Prologue, OfALeafIsNone) {
  const auto rule = scan("addu v0,a0,a1; sll v0,v0,2");
  ASSERT_TRUE(rule);
  EXPECT_EQ(rule->base, REG_SP);
  EXPECT_EQ(rule->size, 0);
  EXPECT_FALSE(rule->saved[REG_RA]);
  EXPECT_TRUE(scan(""));
}

TEST(Prologue, GivesFrameSizeAndSavedRegisters) {
  const auto rule = scan("addiu sp,sp,-32; sw ra,28(sp); sw s0,24(sp); jal 0x80001000; nop");
  ASSERT_TRUE(rule);
  EXPECT_EQ(rule->size, 32);
  EXPECT_EQ(rule->saved[REG_RA], -4);
  EXPECT_EQ(rule->saved[REG_S0], -8);
}

TEST(Prologue, RegistersSavedBeforeTheStackMovesAreFound) {
  const auto rule = scan("sw ra,-4(sp); addiu sp,sp,-8; sw s8,0(sp)");
  ASSERT_TRUE(rule);
  EXPECT_EQ(rule->size, 8);
  EXPECT_EQ(rule->saved[REG_RA], -4);
  EXPECT_EQ(rule->saved[REG_FP], -8);
}

TEST(Prologue, LaterStoresAreNoSaves) {
  const auto rule = scan("addiu sp,sp,-32; sw s0,24(sp); sw ra,28(sp); sw s0,16(sp); sw a0,32(sp)");
  ASSERT_TRUE(rule);
  EXPECT_EQ(rule->saved[REG_S0], -8);
  EXPECT_FALSE(rule->saved[REG_A0]);
}

TEST(Prologue, AfterAReturnTheFrameStands) {
  const auto rule = scan(R"(
    addiu sp,sp,-24
    sw ra,20(sp)
    lw ra,20(sp)
    nop
    jr ra
    addiu sp,sp,24
    addu v0,zero,zero
  )");
  ASSERT_TRUE(rule);
  EXPECT_EQ(rule->size, 24);
  EXPECT_EQ(rule->saved[REG_RA], -4);
}

TEST(Prologue, OfATornDownFrameIsNone) {
  const auto rule = scan("addiu sp,sp,-24; sw ra,20(sp); lw ra,20(sp); addiu sp,sp,24");
  ASSERT_TRUE(rule);
  EXPECT_EQ(rule->size, 0);
  EXPECT_FALSE(rule->saved[REG_RA]);
}

TEST(Prologue, IsUnknownWhereTheStackIsAnother) {
  EXPECT_FALSE(scan("lui sp,0x8000"));
  EXPECT_FALSE(scan("addiu sp,k1,-16"));
  EXPECT_FALSE(scan("lw sp,40(k1)"));
}

TEST(Prologue, IsUnknownWhereTheReturnAddressIsLost) {
  EXPECT_FALSE(scan("jal 0x80001000; nop"));
  EXPECT_FALSE(scan("jalr t9; nop"));
  EXPECT_FALSE(scan("bgezal zero,0x80001000; nop"));
  EXPECT_FALSE(scan("jal 0x80001000; nop; sw ra,0(sp)"));
}

RC_GTEST_PROP(Prologue, TakesAnyWords, (const std::vector<uint32_t>& bits)) {
  std::vector<isa::Word> words;
  for (const uint32_t word : bits) words.push_back({word});
  const auto rule = scan_prologue(words);
  RC_ASSERT(!rule || rule->base == REG_SP);
}

}  // namespace
}  // namespace exosim
