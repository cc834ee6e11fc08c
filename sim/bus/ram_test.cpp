// Main memory.
#include "sim/bus/ram.hpp"

#include <gtest/gtest.h>

#include <algorithm>

namespace exosim {
namespace {

TEST(Ram, ReadsBackLittleEndian) {
  Ram ram(64, Random(1));
  ram.write({8}, 4, 0x44332211);
  EXPECT_EQ(ram.read({8}, 1), 0x11u);
  EXPECT_EQ(ram.read({11}, 1), 0x44u);
  EXPECT_EQ(ram.read({10}, 2), 0x4433u);
  EXPECT_EQ(ram.read({8}, 4), 0x44332211u);
}

TEST(Ram, WritesOnlyTheBytesOfTheWidth) {
  Ram ram(64, Random(1));
  ram.write({8}, 4, 0);
  ram.write({9}, 1, 0xffffffaa);
  EXPECT_EQ(ram.read({8}, 4), 0x0000aa00u);
  ram.write({10}, 2, 0xffffbbcc);
  EXPECT_EQ(ram.read({8}, 4), 0xbbccaa00u);
}

TEST(Ram, KnowsItsEnd) {
  const Ram ram(64, Random(1));
  EXPECT_TRUE(ram.contains({60}, 4));
  EXPECT_TRUE(ram.contains({63}, 1));
  EXPECT_FALSE(ram.contains({62}, 4));
  EXPECT_FALSE(ram.contains({64}, 1));
  EXPECT_FALSE(ram.contains({0xfffffffc}, 4));
}

TEST(Ram, HoldsSeededGarbage) {
  const Ram one(1u << 20, Random(1));
  const Ram same(1u << 20, Random(1));
  const Ram other(1u << 20, Random(2));
  EXPECT_TRUE(std::ranges::equal(one.bytes(), same.bytes()));
  EXPECT_FALSE(std::ranges::equal(one.bytes(), other.bytes()));
  uint32_t zero_words = 0;
  for (uint32_t at = 0; at < one.size(); at += 4) zero_words += one.read({at}, 4) == 0 ? 1 : 0;
  EXPECT_LT(zero_words, 10u);
}

TEST(Ram, HasNoTwoPagesAlike) {
  const Ram ram(1u << 20, Random(1));
  const auto first = ram.bytes().first(4096);
  for (size_t page = 4096; page < ram.size(); page += 4096) {
    EXPECT_FALSE(std::ranges::equal(first, ram.bytes().subspan(page, 4096))) << page;
  }
}

}  // namespace
}  // namespace exosim
