// The decode tables agree with the rows, and with the manual's list of what is reserved.
#include "isa/decoder.hpp"

#include <gtest/gtest.h>

#include <map>
#include <random>
#include <set>
#include <string>

#include "isa/encoder.hpp"
#include "isa/testing/random_words.hpp"

namespace exosim::isa {
namespace {

constexpr Word kAddu = encode<"addu">(2, 4, 5);
static_assert(decode(kAddu) == kInsnId<"addu">, "decoding is a constant expression");

std::string name_of(uint32_t bits) {
  const InsnId id = decode({bits});
  return id == kReservedInsn ? "reserved" : kInsnInfo[id].name;
}

TEST(Decoder, FindsEveryRowWhateverItsOpenBits) {
  std::mt19937 random(1);
  for (size_t id = 0; id < kInsnInfo.size(); ++id)
    for (int i = 0; i < 2000; ++i) {
      const Word word = random_word(kInsnInfo[id], random);
      ASSERT_EQ(decode(word), id) << kInsnInfo[id].name << std::hex << " " << word.bits;
    }
}

TEST(Decoder, AgreesWithSearchingTheRowsForEverySelector) {
  // opcode, rs, rt and funct are all that any row looks at.
  for (uint32_t high = 0; high < 0x10000; ++high)
    for (uint32_t funct = 0; funct < 64; ++funct) {
      const Word word{(high << 16) | funct};
      const bool looks_at_funct = word.opcode() == 0x00 || (word.opcode() & 0x3e) == 0x10;
      if (!looks_at_funct && funct != 0) break;
      ASSERT_EQ(decode(word), decode_by_search(word)) << std::hex << word.bits;
    }
}

TEST(Decoder, AgreesWithSearchingTheRowsForRandomWords) {
  std::mt19937 random(2);
  for (int i = 0; i < 200000; ++i) {
    const Word word{static_cast<uint32_t>(random())};
    ASSERT_EQ(decode(word), decode_by_search(word)) << std::hex << word.bits;
  }
}

TEST(Decoder, ReservesThePrimaryOpcodesOfLaterArchitectures) {
  std::set<uint32_t> reserved = {0x27, 0x2c, 0x2d, 0x2f};
  for (uint32_t op = 0x14; op <= 0x1f; ++op) reserved.insert(op);
  for (uint32_t op = 0x34; op <= 0x37; ++op) reserved.insert(op);
  for (uint32_t op = 0x3c; op <= 0x3f; ++op) reserved.insert(op);
  std::mt19937 random(3);
  for (uint32_t op = 2; op < 64; ++op) {
    if (op >= 0x10 && op <= 0x13) continue;
    for (int i = 0; i < 100; ++i) {
      const Word word{(op << 26) | (static_cast<uint32_t>(random()) >> 6)};
      EXPECT_EQ(decode(word) == kReservedInsn, reserved.count(op) == 1) << std::hex << op;
    }
  }
}

TEST(Decoder, ReservesTheSpecialFunctionsOfLaterArchitectures) {
  const std::set<uint32_t> known = {0x00, 0x02, 0x03, 0x04, 0x06, 0x07, 0x08, 0x09, 0x0c, 0x0d,
                                    0x10, 0x11, 0x12, 0x13, 0x18, 0x19, 0x1a, 0x1b, 0x20, 0x21,
                                    0x22, 0x23, 0x24, 0x25, 0x26, 0x27, 0x2a, 0x2b};
  for (uint32_t funct = 0; funct < 64; ++funct)
    EXPECT_EQ(decode({funct}) != kReservedInsn, known.count(funct) == 1) << std::hex << funct;
}

TEST(Decoder, ReservesUnknownCoprocessorMoves) {
  const std::set<uint32_t> known_cop0 = {0x00, 0x04, 0x08};
  const std::set<uint32_t> known = {0x00, 0x02, 0x04, 0x06, 0x08};
  for (uint32_t z = 0; z < 4; ++z)
    for (uint32_t rs = 0; rs < 16; ++rs) {
      const Word word{((0x10 + z) << 26) | (rs << 21)};
      EXPECT_EQ(decode(word) != kReservedInsn, (z == 0 ? known_cop0 : known).count(rs) == 1)
          << z << " " << rs;
    }
}

TEST(Decoder, ReservesUnknownCop0Functions) {
  const std::set<uint32_t> known = {0x01, 0x02, 0x06, 0x08, 0x10};
  for (uint32_t rs = 0x10; rs < 0x20; ++rs)
    for (uint32_t funct = 0; funct < 64; ++funct) {
      const Word word{0x40000000u | (rs << 21) | funct};
      EXPECT_EQ(decode(word) != kReservedInsn, known.count(funct) == 1) << rs << " " << funct;
    }
}

TEST(Decoder, ReservesFloatingPointOperationsOfLaterArchitectures) {
  std::set<uint32_t> single = {0x00, 0x01, 0x02, 0x03, 0x05, 0x06, 0x07, 0x21, 0x24};
  std::set<uint32_t> doubles = {0x00, 0x01, 0x02, 0x03, 0x05, 0x06, 0x07, 0x20, 0x24};
  for (uint32_t compare = 0x30; compare < 0x40; ++compare) {
    single.insert(compare);
    doubles.insert(compare);
  }
  const std::map<uint32_t, std::set<uint32_t>> known = {
      {0x10, single}, {0x11, doubles}, {0x14, {0x20, 0x21}}};
  for (uint32_t rs = 0x10; rs < 0x20; ++rs)
    for (uint32_t funct = 0; funct < 64; ++funct) {
      const Word word{0x44000000u | (rs << 21) | funct};
      const auto format = known.find(rs);
      EXPECT_EQ(decode(word) != kReservedInsn,
                format != known.end() && format->second.count(funct) == 1)
          << rs << " " << funct;
    }
}

TEST(Decoder, DecodesRegimmInPart) {
  for (uint32_t rt = 0; rt < 32; ++rt) {
    const bool links = rt == 0x10 || rt == 0x11;
    const std::string expected = std::string(rt % 2 ? "bgez" : "bltz") + (links ? "al" : "");
    EXPECT_EQ(name_of(0x04000000u | (rt << 16) | 0x1234), expected) << rt;
  }
}

TEST(Decoder, GivesWellKnownWordsTheirNames) {
  EXPECT_EQ(name_of(0x00000000), "sll");
  EXPECT_EQ(name_of(0x03e00008), "jr");
  EXPECT_EQ(name_of(0x8fbf0014), "lw");
  EXPECT_EQ(name_of(0x40026000), "mfc0");
  EXPECT_EQ(name_of(0x42000010), "rfe");
  EXPECT_EQ(name_of(0x0000000f), "reserved");  // sync
  EXPECT_EQ(name_of(0x7c03e83b), "reserved");  // rdhwr
  EXPECT_EQ(name_of(0xc0820000), "lwc0");      // ll
  EXPECT_EQ(name_of(0x46241080), "add.d");
  EXPECT_EQ(name_of(0x4480103c), "mtc1");
  EXPECT_EQ(name_of(0x42000018), "reserved");  // eret
}

TEST(InsnInfo, PricesReservedWordsAsSuch) {
  EXPECT_EQ(op_class_of(kReservedInsn), OpClass::kReserved);
  EXPECT_EQ(op_class_of(decode(kAddu)), OpClass::kAlu);
}

TEST(InsnInfo, HasEachNameOnce) {
  std::set<std::string> names;
  for (const InsnInfo& insn : kInsnInfo) EXPECT_TRUE(names.insert(insn.name).second) << insn.name;
}

}  // namespace
}  // namespace exosim::isa
