// Waits of interrupts from steps and lines that are told by hand, to the cycle.
#include "sim/observe/interrupt_latency.hpp"

#include <gtest/gtest.h>

#include "sim/observe/testing/steps.hpp"

namespace exosim {
namespace {

using testing::add_program;
using testing::Feed;
using testing::kKernelCode;
using testing::not_fetched;
using testing::step_at;
using testing::with_exception;

constexpr uint32_t kTimer = 1 << 11;
constexpr uint32_t kDma = 1 << 12;

class InterruptLatency : public ::testing::Test {
 protected:
  InterruptLatency() {
    add_program(code_, "kernel", kKernelCode, 0, {},
                {{kKernelCode, 0x100, "first"}, {kKernelCode + 0x100, 0x100, "second"}});
  }
  static Retired in_first() { return step_at(kKernelCode + 8, 8); }
  static Retired in_second() { return step_at(kKernelCode + 0x104, 0x104); }
  static Retired interrupt() { return not_fetched(kKernelCode + 0x108, EXC_INT); }
  InterruptLatencies result() const { return observer_.latencies(); }
  void lines(uint64_t at, uint32_t lines) { observer_.on_interrupt_lines({at}, lines); }

  CodeMap code_;
  InterruptObserver observer_{code_};
  Feed feed_{observer_};
};

TEST_F(InterruptLatency, CountsFromTheEventWithinAStepToTheInterruptsFirstCycle) {
  feed_.step(in_first(), 100);
  lines(30, kTimer);
  feed_.step(in_second(), 20).step(interrupt(), 5);
  const InterruptLatencies found = result();
  EXPECT_EQ(found.count, 1u);
  EXPECT_EQ(found.cycles.max, 90u) << "from 30 to 120";
  ASSERT_TRUE(found.longest);
  EXPECT_EQ(found.longest->since, 30u);
  EXPECT_EQ(found.longest->pc, VirtAddr{kKernelCode + 8});
  EXPECT_EQ(found.longest->began_in, (FunctionName{"kernel", "first"}));
  EXPECT_EQ(found.longest->mostly_in, (FunctionName{"kernel", "first"}));
  EXPECT_EQ(found.longest->mostly_cycles, 70u) << "what was left of the step";
}

TEST_F(InterruptLatency, SaysWhereMostOfTheWaitWasSpent) {
  lines(0, kTimer);
  feed_.step(in_first(), 10).step(in_second(), 7).step(in_first(), 2).step(in_second(), 6);
  feed_.step(interrupt());
  const auto longest = result().longest;
  ASSERT_TRUE(longest);
  EXPECT_EQ(longest->cycles, 25u);
  EXPECT_EQ(longest->began_in.function, "first");
  EXPECT_EQ(longest->mostly_in.function, "second");
  EXPECT_EQ(longest->mostly_cycles, 13u);
}

TEST_F(InterruptLatency, IsNoneIfTheInterruptIsTakenAtOnce) {
  feed_.step(in_first(), 10);
  lines(10, kTimer);
  feed_.step(interrupt());
  EXPECT_EQ(result().count, 1u);
  EXPECT_EQ(result().cycles.max, 0u);
}

TEST_F(InterruptLatency, OtherExceptionsDoNotEndAWait) {
  lines(0, kTimer);
  feed_.step(with_exception(in_first(), EXC_SYS), 4).step(in_second(), 3).step(interrupt());
  EXPECT_EQ(result().count, 1u);
  EXPECT_EQ(result().cycles.max, 7u);
}

TEST_F(InterruptLatency, LineThatStaysAfterItsExceptionDoesNotWaitAgain) {
  lines(0, kTimer);
  feed_.step(in_first()).step(interrupt()).step(in_second(), 50).step(interrupt());
  EXPECT_EQ(result().count, 1u);
  EXPECT_EQ(result().cycles.total, 1u);
  lines(feed_.now(), 0);
  EXPECT_EQ(result().unserved, 0u) << "it has been taken";
  lines(feed_.now(), kTimer);
  feed_.step(in_first(), 3).step(interrupt());
  EXPECT_EQ(result().count, 2u);
  EXPECT_EQ(result().cycles.max, 3u);
}

TEST_F(InterruptLatency, LineRaisedInTheHandlerOfAnotherWaits) {
  lines(0, kTimer);
  feed_.step(interrupt());
  lines(1, kTimer | kDma);
  feed_.step(in_first(), 40);
  lines(41, kDma);
  feed_.step(interrupt());
  EXPECT_EQ(result().count, 2u);
  EXPECT_EQ(result().cycles.max, 40u);
}

TEST_F(InterruptLatency, LineThatFallsBeforeItsExceptionIsUnserved) {
  lines(0, kTimer);
  feed_.step(in_first(), 30);
  lines(30, 0);
  feed_.step(in_first(), 5);
  const InterruptLatencies found = result();
  EXPECT_EQ(found.count, 0u);
  EXPECT_FALSE(found.longest);
  EXPECT_EQ(found.unserved, 1u);
  ASSERT_TRUE(found.longest_unserved);
  EXPECT_EQ(found.longest_unserved->cycles, 30u);
  EXPECT_EQ(found.longest_unserved->mostly_in.function, "first");
}

TEST_F(InterruptLatency, WaitThatTheRunEndsIsUnserved) {
  feed_.step(in_first(), 10);
  lines(4, kTimer);
  feed_.step(in_first(), 10);
  const InterruptLatencies found = result();
  EXPECT_EQ(found.count, 0u);
  EXPECT_EQ(found.unserved, 1u);
  ASSERT_TRUE(found.longest_unserved);
  EXPECT_EQ(found.longest_unserved->cycles, 16u);
  EXPECT_EQ(found.longest_unserved->mostly_cycles, 16u);
}

TEST_F(InterruptLatency, OfEquallyLongWaitsTheFirstIsShown) {
  lines(0, kTimer);
  feed_.step(in_first(), 10).step(interrupt());
  lines(11, 0);
  lines(11, kTimer);
  feed_.step(in_second(), 10).step(interrupt());
  EXPECT_EQ(result().count, 2u);
  EXPECT_EQ(result().longest->began_in.function, "first");
}

TEST_F(InterruptLatency, CodeThatIsNotInTheMapHasNoName) {
  lines(0, kTimer);
  feed_.step(step_at(0x80009000, 0x9000), 3).step(interrupt());
  EXPECT_EQ(result().longest->pc, VirtAddr{0x80009000});
  EXPECT_EQ(result().longest->mostly_in, FunctionName{});
  EXPECT_EQ(result().longest->mostly_cycles, 3u);
}

}  // namespace
}  // namespace exosim
