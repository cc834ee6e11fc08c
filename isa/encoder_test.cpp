// Encoders against words assembled by binutils.
#include "isa/encoder.hpp"

#include <gtest/gtest.h>

#include "isa/machine/registers.h"

namespace exosim::isa {
namespace {

TEST(Encoder, PutsOperandsWhereBinutilsDoes) {
  EXPECT_EQ(encode<"addu">(REG_V0, REG_A0, REG_A1).bits, 0x00851021u);
  EXPECT_EQ(encode<"sll">(REG_V0, REG_A0, 31).bits, 0x000417c0u);
  EXPECT_EQ(encode<"sllv">(REG_V0, REG_A0, REG_A1).bits, 0x00a41004u);
  EXPECT_EQ(encode<"addiu">(REG_SP, REG_SP, -32).bits, 0x27bdffe0u);
  EXPECT_EQ(encode<"ori">(REG_T0, 9, 0xfff0).bits, 0x3528fff0u);
  EXPECT_EQ(encode<"lui">(REG_GP, 0x8001).bits, 0x3c1c8001u);
  EXPECT_EQ(encode<"lw">(REG_RA, 20, REG_SP).bits, 0x8fbf0014u);
  EXPECT_EQ(encode<"beq">(REG_A0, REG_ZERO, -8).bits, 0x1080fffeu);
  EXPECT_EQ(encode<"bgezal">(REG_A0, 8).bits, 0x04910002u);
  EXPECT_EQ(encode<"jal">(0x80001234).bits, 0x0c00048du);
  EXPECT_EQ(encode<"jalr">(REG_RA, REG_T9).bits, 0x0320f809u);
  EXPECT_EQ(encode<"mult">(REG_A0, REG_A1).bits, 0x00850018u);
  EXPECT_EQ(encode<"div">(REG_A0, REG_A1).bits, 0x0085001au);
  EXPECT_EQ(encode<"mtc0">(REG_K0, 12).bits, 0x409a6000u);
  EXPECT_EQ(encode<"lwc1">(2, 8, REG_SP).bits, 0xc7a20008u);
  EXPECT_EQ(encode<"sub.d">(4, 0, 2).bits, 0x46220101u);
  EXPECT_EQ(encode<"cvt.w.s">(4, 2).bits, 0x46001124u);
  EXPECT_EQ(encode<"c.le.d">(4, 2).bits, 0x4622203eu);
  EXPECT_EQ(encode<"c2">(0x123).bits, 0x4a000123u);
  EXPECT_EQ(encode<"rfe">().bits, 0x42000010u);
}

TEST(Encoder, LetsCodesBeLeftOut) {
  EXPECT_EQ(encode<"syscall">().bits, 0x0000000cu);
  EXPECT_EQ(encode<"syscall">(0xfffff).bits, 0x03ffffccu);
  EXPECT_EQ(encode<"break">().bits, 0x0000000du);
  EXPECT_EQ(encode<"break">(7).bits, 0x0007000du);
  EXPECT_EQ(encode<"break">(7, 3).bits, 0x000700cdu);
}

TEST(Encoder, CutsOffWhatDoesNotFit) {
  EXPECT_EQ(encode<"addu">(32 + 2, 4, 5), encode<"addu">(2, 4, 5));
  EXPECT_EQ(encode<"addiu">(2, 4, 0x12345), encode<"addiu">(2, 4, 0x2345));
}

TEST(Operands, OfARowNeverReachIntoItsEncoding) {
  for (const InsnInfo& insn : kInsnInfo)
    EXPECT_EQ(operand_bits(insn.form) & insn.encoding.mask, 0u) << insn.name;
}

TEST(Operands, OfARowDoNotOverlap) {
  for (const InsnInfo& insn : kInsnInfo) {
    uint32_t seen = 0;
    for (const Operand& operand : operands_of(insn.form)) {
      const uint32_t bits = operand.field_mask() << operand.shift;
      EXPECT_EQ(seen & bits, 0u) << insn.name;
      seen |= bits;
    }
  }
}

}  // namespace
}  // namespace exosim::isa
