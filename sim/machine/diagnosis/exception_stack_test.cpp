// Which exceptions are still open after handlers have returned, or have not.
#include "sim/machine/diagnosis/exception_stack.hpp"

#include <gtest/gtest.h>

#include <vector>

#include "isa/machine/exceptions.h"

namespace exosim {
namespace {

struct ExceptionStackTest : ::testing::Test {
  void enter(uint32_t pc, bool user_mode = false) {
    Retired step;
    step.pc = {pc};
    step.user_mode = user_mode;
    step.exception = {.taken = true, .code = EXC_SYS};
    stack.enter(step, CpuState{}, changes);
  }
  void return_to(uint32_t pc) { changes.targets[changes.returns++ % ModeChanges::kTargets] = {pc}; }
  std::vector<uint32_t> open(bool user_mode = false) const {
    std::vector<uint32_t> places;
    for (const GuestContext& context : stack.open(user_mode, changes))
      places.push_back(context.pc.value + (context.left ? 1 : 0));
    return places;
  }
  using Places = std::vector<uint32_t>;

  ExceptionStack stack;
  ModeChanges changes;
};

TEST_F(ExceptionStackTest, HoldsTheInnermostFirst) {
  EXPECT_EQ(open(), Places{});
  enter(0x1000, true);
  enter(0x2000);
  EXPECT_EQ(open(), (Places{0x2000, 0x1000}));
  EXPECT_EQ(stack.entered(), 2u);
}

TEST_F(ExceptionStackTest, ReturnEndsTheInnermost) {
  enter(0x1000, true);
  enter(0x2000);
  return_to(0x2000);
  EXPECT_EQ(open(), Places{0x1000});
  return_to(0x1004);
  EXPECT_EQ(open(), Places{}) << "behind a system call";
}

TEST_F(ExceptionStackTest, ReturnToTheBranchOfADelaySlotIsOne) {
  enter(0x1004);
  return_to(0x1000);
  EXPECT_EQ(open(), Places{});
}

TEST_F(ExceptionStackTest, ReturnElsewhereLeavesTheContextMarked) {
  enter(0x1000, true);
  enter(0x2000);
  return_to(0x3000);
  EXPECT_EQ(open(), (Places{0x2001, 0x1000}));
  return_to(0x1000);
  EXPECT_EQ(open(), Places{}) << "with the outer one the marked one ends";
}

TEST_F(ExceptionStackTest, IsEmptyInUserMode) {
  enter(0x1000, true);
  return_to(0x5000);
  EXPECT_EQ(open(true), Places{});
  enter(0x6000, true);
  EXPECT_EQ(open(), Places{0x6000}) << "nothing was open when user mode ran";
}

TEST_F(ExceptionStackTest, KeepsTheLastOfAKernelThatNeverReturns) {
  for (uint32_t pc = 0x1000; pc < 0x1020; pc += 4) enter(pc);
  EXPECT_EQ(open(), (Places{0x101c, 0x1018, 0x1014, 0x1010}));
}

TEST_F(ExceptionStackTest, ForgetsAllAfterMoreReturnsThanItSees) {
  enter(0x1000);
  for (int index = 0; index < 5; ++index) return_to(0x9000);
  EXPECT_EQ(open(), Places{});
}

}  // namespace
}  // namespace exosim
