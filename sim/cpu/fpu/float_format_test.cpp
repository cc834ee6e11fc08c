// Kinds of numbers by their bits; the NaNs are those of MIPS.
#include "sim/cpu/fpu/float_format.hpp"

#include <gtest/gtest.h>

namespace exosim {
namespace {

TEST(FloatFormat, KindsOfSinglesBeginWhereTheFormatSays) {
  const auto kind = [](uint64_t bits) { return kind_of(kSingleLayout, bits); };
  for (const uint64_t sign : {0u, 0x80000000u}) {
    EXPECT_EQ(kind(sign), FloatKind::kZero);
    EXPECT_EQ(kind(sign | 0x00000001), FloatKind::kDenormal);
    EXPECT_EQ(kind(sign | 0x007fffff), FloatKind::kDenormal);
    EXPECT_EQ(kind(sign | 0x00800000), FloatKind::kNormal);
    EXPECT_EQ(kind(sign | 0x7f7fffff), FloatKind::kNormal);
    EXPECT_EQ(kind(sign | 0x7f800000), FloatKind::kInfinity);
    EXPECT_EQ(kind(sign | 0x7f800001), FloatKind::kQuietNan);
    EXPECT_EQ(kind(sign | 0x7fbfffff), FloatKind::kQuietNan);
    EXPECT_EQ(kind(sign | 0x7fc00000), FloatKind::kSignallingNan);
    EXPECT_EQ(kind(sign | 0x7fffffff), FloatKind::kSignallingNan);
  }
}

TEST(FloatFormat, KindsOfDoublesBeginWhereTheFormatSays) {
  const auto kind = [](uint64_t bits) { return kind_of(kDoubleLayout, bits); };
  EXPECT_EQ(kind(0x8000000000000000), FloatKind::kZero);
  EXPECT_EQ(kind(0x000fffffffffffff), FloatKind::kDenormal);
  EXPECT_EQ(kind(0x0010000000000000), FloatKind::kNormal);
  EXPECT_EQ(kind(0xffefffffffffffff), FloatKind::kNormal);
  EXPECT_EQ(kind(0x7ff0000000000000), FloatKind::kInfinity);
  EXPECT_EQ(kind(0x7ff0000000000001), FloatKind::kQuietNan);
  EXPECT_EQ(kind(0x7ff8000000000000), FloatKind::kSignallingNan);
}

TEST(FloatFormat, DefaultNanIsQuietAndAsMipsHasIt) {
  EXPECT_EQ(kSingleLayout.default_nan(), 0x7fbfffffu);
  EXPECT_EQ(kDoubleLayout.default_nan(), 0x7ff7ffffffffffffu);
}

}  // namespace
}  // namespace exosim
