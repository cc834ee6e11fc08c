// The corners of IEEE arithmetic by hand; the differential test has the multitude.
#include "sim/cpu/fpu/ieee.hpp"

#include <gtest/gtest.h>
#include <mpfr.h>

#include "isa/machine/fpu.h"

namespace exosim {
namespace {

using isa::FloatFormat;
using isa::FloatOp;

constexpr FloatFormat kSingle = FloatFormat::kSingle;
constexpr FloatFormat kDouble = FloatFormat::kDouble;
constexpr FloatFormat kWord = FloatFormat::kWord;
constexpr uint64_t kOne = 0x3f800000;
constexpr uint64_t kSmallest = 0x00000001;  // the smallest denormal
constexpr uint64_t kLargest = 0x7f7fffff;
constexpr uint64_t kInfinity = 0x7f800000;

class Ieee : public ::testing::Test {
 protected:
  IeeeResult single(FloatOp op, uint64_t a, uint64_t b, uint32_t rounding = FCSR_ROUND_NEAREST) {
    return ieee.binary(op, kSingle, a, b, rounding);
  }
  static void expect(const IeeeResult& result, uint64_t bits, unsigned exceptions, bool tiny) {
    EXPECT_EQ(result.bits, bits) << std::hex << result.bits;
    EXPECT_EQ(result.exceptions, exceptions);
    EXPECT_EQ(result.tiny, tiny);
  }

  IeeeArithmetic ieee;
};

TEST_F(Ieee, ExactDifferenceOfZeroHasTheSignOfTheRoundingMode) {
  expect(single(FloatOp::kSubtract, kOne, kOne), 0, 0, false);
  expect(single(FloatOp::kSubtract, kOne, kOne, FCSR_ROUND_DOWN), 0x80000000, 0, false);
  expect(single(FloatOp::kAdd, 0x80000000, 0x80000000, FCSR_ROUND_UP), 0x80000000, 0, false);
}

TEST_F(Ieee, TiesGoToEvenOnlyWhenRoundingToNearest) {
  constexpr uint64_t kHalfStep = 0x33800000;  // 2^-24
  expect(single(FloatOp::kAdd, kOne, kHalfStep), kOne, FCSR_INEXACT, false);
  expect(single(FloatOp::kAdd, kOne + 1, kHalfStep), kOne + 2, FCSR_INEXACT, false);
  expect(single(FloatOp::kAdd, kOne, kHalfStep, FCSR_ROUND_UP), kOne + 1, FCSR_INEXACT, false);
  expect(single(FloatOp::kAdd, kOne + 1, kHalfStep, FCSR_ROUND_ZERO), kOne + 1, FCSR_INEXACT,
         false);
}

TEST_F(Ieee, OverflowIsInexactAndFollowsTheRoundingMode) {
  constexpr unsigned kBoth = FCSR_OVERFLOW | FCSR_INEXACT;
  expect(single(FloatOp::kAdd, kLargest, kLargest), kInfinity, kBoth, false);
  expect(single(FloatOp::kAdd, kLargest, kLargest, FCSR_ROUND_ZERO), kLargest, kBoth, false);
  expect(single(FloatOp::kAdd, kLargest, kLargest, FCSR_ROUND_DOWN), kLargest, kBoth, false);
  const uint64_t sign = 0x80000000;
  expect(single(FloatOp::kAdd, kLargest | sign, kLargest | sign, FCSR_ROUND_DOWN), kInfinity | sign,
         kBoth, false);
}

TEST_F(Ieee, ExactDenormalIsTinyButNoUnderflow) {
  expect(single(FloatOp::kAdd, kSmallest, kSmallest), 2, 0, true);
  expect(single(FloatOp::kMultiply, kSmallest, 0x3f000000), 0, FCSR_UNDERFLOW | FCSR_INEXACT, true);
  expect(single(FloatOp::kMultiply, kSmallest, 0x3f000000, FCSR_ROUND_UP), kSmallest,
         FCSR_UNDERFLOW | FCSR_INEXACT, true);
}

// 2^-126 * (1 - 2^-24) rounds to the smallest normal number in 24 bits: not tiny. With a bit less
// it rounds to a number below, and then to the smallest normal number of the format: tiny.
TEST_F(Ieee, TininessIsThatOfTheResultRoundedToItsPrecision) {
  const auto to_single = [this](uint64_t bits) {
    return ieee.convert(kSingle, kDouble, bits, FCSR_ROUND_NEAREST);
  };
  expect(to_single(0x380ffffff0000000), 0x00800000, FCSR_INEXACT, false);
  expect(to_single(0x380fffffefffffff), 0x00800000, FCSR_UNDERFLOW | FCSR_INEXACT, true);
}

// To 24 bits and then to 22 it would become 4 halves of the smallest step, and then a tie.
TEST_F(Ieee, DenormalsAreRoundedOnce) {
  // (1.5 - 2^-52) * 2^-149
  expect(ieee.convert(kSingle, kDouble, 0x36a7ffffffffffff, FCSR_ROUND_NEAREST), 1,
         FCSR_UNDERFLOW | FCSR_INEXACT, true);
  expect(ieee.convert(kSingle, kDouble, 0x36a8000000000001, FCSR_ROUND_NEAREST), 2,
         FCSR_UNDERFLOW | FCSR_INEXACT, true);
}

TEST_F(Ieee, DivisionByZeroIsNotThatOfInfinityOrZero) {
  expect(single(FloatOp::kDivide, 0xbf800000, 0), 0xff800000, FCSR_DIVIDE_BY_ZERO, false);
  expect(single(FloatOp::kDivide, kInfinity, 0x80000000), 0xff800000, 0, false);
  expect(single(FloatOp::kDivide, 0, 0), 0x7fbfffff, FCSR_INVALID, false);
}

TEST_F(Ieee, SignallingNanIsInvalidQuietNanIsTheResult) {
  expect(single(FloatOp::kAdd, 0x7f812345, 0x7fc00000), 0x7fbfffff, FCSR_INVALID, false);
  expect(single(FloatOp::kAdd, kOne, 0xff812345), 0xff812345, 0, false);
  expect(single(FloatOp::kDivide, 0x7f812345, 0), 0x7f812345, 0, false);
}

TEST_F(Ieee, QuietNanThatLosesItsPayloadBecomesTheDefault) {
  expect(ieee.convert(kSingle, kDouble, 0xfff4000000000000, 0), 0xffa00000, 0, false);
  expect(ieee.convert(kSingle, kDouble, 0xfff0000000000001, 0), 0x7fbfffff, 0, false);
  expect(ieee.convert(kDouble, kSingle, 0xff800001, 0), 0xfff0000020000000, 0, false);
}

TEST_F(Ieee, IntegersAreRoundedByTheModeAndBounded) {
  const auto to_word = [this](uint64_t bits, uint32_t rounding) {
    return ieee.convert(kWord, kDouble, bits, rounding);
  };
  expect(to_word(0x4004000000000000, FCSR_ROUND_NEAREST), 2, FCSR_INEXACT, false);  // 2.5
  expect(to_word(0x4004000000000000, FCSR_ROUND_UP), 3, FCSR_INEXACT, false);
  expect(to_word(0xc004000000000000, FCSR_ROUND_DOWN), 0xfffffffd, FCSR_INEXACT, false);
  expect(to_word(0xc1e0000000000000, FCSR_ROUND_NEAREST), 0x80000000, 0, false);
  expect(to_word(0x41dfffffffe00000, FCSR_ROUND_NEAREST), 0x7fffffff, FCSR_INVALID, false);
  expect(to_word(0x41dfffffffe00000, FCSR_ROUND_ZERO), 0x7fffffff, FCSR_INEXACT, false);
  expect(ieee.convert(kSingle, kWord, 0x01000001, FCSR_ROUND_UP), 0x4b800001, FCSR_INEXACT, false);
}

TEST_F(Ieee, LeavesMpfrAsItWas) {
  const mpfr_exp_t low = mpfr_get_emin();
  const mpfr_exp_t high = mpfr_get_emax();
  single(FloatOp::kMultiply, kLargest, kLargest);
  EXPECT_EQ(mpfr_get_emin(), low);
  EXPECT_EQ(mpfr_get_emax(), high);
}

TEST(FloatCompare, OrdersNumbersAndNoNans) {
  EXPECT_EQ(compare(kSingle, 0x80000000, 0), FloatOrder::kEqual);
  EXPECT_EQ(compare(kSingle, 0xff800000, 0xff7fffff), FloatOrder::kLess);
  EXPECT_EQ(compare(kSingle, kSmallest, 0x80000001), FloatOrder::kGreater);
  EXPECT_EQ(compare(kDouble, 0xbff0000000000000, 0xbff0000000000001), FloatOrder::kGreater);
  EXPECT_EQ(compare(kDouble, 0x7ff0000000000001, 0x7ff0000000000001), FloatOrder::kUnordered);
}

}  // namespace
}  // namespace exosim
