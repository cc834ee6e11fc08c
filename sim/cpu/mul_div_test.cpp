// The multiply/divide unit.
#include "sim/cpu/mul_div.hpp"

#include <gtest/gtest.h>

namespace exosim {
namespace {

void expect(HiLo result, uint32_t hi, uint32_t lo) {
  EXPECT_EQ(result.hi, hi);
  EXPECT_EQ(result.lo, lo);
}

TEST(MulDiv, SignedProductHas64Bits) {
  expect(multiply_signed(0xffffffff, 2), 0xffffffff, 0xfffffffe);
  expect(multiply_signed(0x80000000, 0x80000000), 0x40000000, 0);
}

TEST(MulDiv, UnsignedProductHas64Bits) {
  expect(multiply_unsigned(0xffffffff, 0xffffffff), 0xfffffffe, 1);
}

TEST(MulDiv, QuotientRoundsTowardsZeroAndRemainderHasTheSignOfTheDividend) {
  expect(divide_signed(static_cast<uint32_t>(-7), 2), static_cast<uint32_t>(-1),
         static_cast<uint32_t>(-3));
  expect(divide_unsigned(7, 2), 1, 3);
}

TEST(MulDiv, DivisionByZeroGivesMinusOneOrOneAndTheDividend) {
  expect(divide_signed(5, 0), 5, 0xffffffff);
  expect(divide_signed(0, 0), 0, 0xffffffff);
  expect(divide_signed(0x80000001, 0), 0x80000001, 1);
  expect(divide_unsigned(5, 0), 5, 0xffffffff);
}

TEST(MulDiv, MostNegativeDividedByMinusOneWraps) {
  expect(divide_signed(0x80000000, 0xffffffff), 0, 0x80000000);
}

}  // namespace
}  // namespace exosim
