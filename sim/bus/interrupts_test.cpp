// Interrupt lines and the pins that they share.
#include "sim/bus/interrupts.hpp"

#include <gtest/gtest.h>

namespace exosim {
namespace {

TEST(InterruptLine, DrivesItsPin) {
  InterruptPins pins;
  InterruptLine line(pins, 3);
  line.set(true);
  EXPECT_EQ(pins.level(), 1u << 3);
  line.set(true);
  line.set(false);
  EXPECT_EQ(pins.level(), 0u);
  EXPECT_FALSE(line.is_high());
}

TEST(InterruptLine, SharesAPin) {
  InterruptPins pins;
  InterruptLine one(pins, 2);
  InterruptLine two(pins, 2);
  one.set(true);
  two.set(true);
  one.set(false);
  EXPECT_EQ(pins.level(), 1u << 2);
  two.set(false);
  EXPECT_EQ(pins.level(), 0u);
}

TEST(InterruptLine, MayBeWiredToNothing) {
  InterruptLine line;
  line.set(true);
  EXPECT_TRUE(line.is_high());
}

}  // namespace
}  // namespace exosim
