// The latency of interrupts in a running machine, to the cycle; and that observing it costs
// nothing.
#include "sim/observe/interrupt_latency.hpp"

#include <fmt/format.h>
#include <gtest/gtest.h>

#include <memory>
#include <string>

#include "sim/machine/machine.hpp"
#include "sim/machine/testing/bare_program.hpp"

namespace exosim {
namespace {

using testing::bare_program;
using testing::RecordingTerminal;
using testing::standard_machine;

// IM for the timer's IP3. The timer's registers are at t0; its interval of 10 begins in cycle 7.
constexpr std::string_view kStartTimer = R"(
  lui t0,0xb000
  ori t0,t0,0x1000
  addiu t2,zero,{}
  mtc0 t2,c0_status
  addiu t1,zero,2
  sw t1,0x10(t0)
  addiu t1,zero,10
  sw t1,0xc(t0)
)";
constexpr unsigned kTimerMask = 0x800;
constexpr unsigned kNoMask = 0;

std::string nops(unsigned count) {
  std::string text;
  for (unsigned index = 0; index < count; ++index) text += "nop\n";
  return text;
}

/// Every instruction takes a cycle, a tick is a cycle. An interrupt finds no handler: the end.
InterruptLatencies run(unsigned mask, const std::string& rest, unsigned shadow = 1) {
  RecordingTerminal terminal;
  MachineConfig config = standard_machine();
  config.effects.interrupts = shadow;
  config.clock_hz = config.devices[1].params.number("frequency");
  auto machine = Machine::create(config, terminal).value();
  const Image image = bare_program(fmt::format(fmt::runtime(kStartTimer), mask) + rest);
  EXPECT_TRUE(machine->boot(image, {}));
  InterruptObserver observer(machine->code_map());
  machine->add_observer(observer);
  machine->run({.cycles = {1000}});
  return observer.latencies();
}

TEST(InterruptLatencyOfTheMachine, LastsUntilInterruptsAreOn) {
  // Raised in 17; mtc0 in 30, one instruction in its shadow, the interrupt in 32.
  const auto found = run(kTimerMask, nops(21) + "addiu t2,t2,1; mtc0 t2,c0_status; nop; nop");
  EXPECT_EQ(found.count, 1u);
  ASSERT_TRUE(found.longest);
  EXPECT_EQ(found.longest->since, 17u);
  EXPECT_EQ(found.longest->cycles, 15u);
  EXPECT_EQ(found.longest->pc, VirtAddr{testing::kProgramBase + 17 * 4});
}

TEST(InterruptLatencyOfTheMachine, IsNoneWithInterruptsOn) {
  const auto found = run(kTimerMask + 1, nops(40));
  EXPECT_EQ(found.count, 1u);
  EXPECT_EQ(found.longest->since, 17u);
  EXPECT_EQ(found.longest->cycles, 0u);
}

TEST(InterruptLatencyOfTheMachine, BeginsWhenTheMaskLetsTheLineThrough) {
  // The line is high from 17 on. mtc0 in 29 lets it through without a shadow, that in 35 sets IEc.
  const std::string unmask = nops(20) + "addiu t2,zero,0x800; mtc0 t2,c0_status;";
  const auto found = run(kNoMask, unmask + nops(4) + "addiu t2,t2,1; mtc0 t2,c0_status; nop", 0);
  ASSERT_TRUE(found.longest);
  EXPECT_EQ(found.longest->since, 29u);
  EXPECT_EQ(found.longest->cycles, 7u);
}

TEST(InterruptLatencyOfTheMachine, IsNoneForALineThatTheMaskKeepsOut) {
  const auto found = run(kNoMask + 1, nops(40));
  EXPECT_EQ(found.count, 0u);
  EXPECT_EQ(found.unserved, 0u);
}

TEST(InterruptLatencyOfTheMachine, AcknowledgedWithoutAnExceptionItIsUnserved) {
  const auto found = run(kTimerMask, nops(22) + "sw zero,0x14(t0)\n" + nops(5));  // in cycle 30
  EXPECT_EQ(found.count, 0u);
  EXPECT_EQ(found.unserved, 1u);
  ASSERT_TRUE(found.longest_unserved);
  EXPECT_EQ(found.longest_unserved->cycles, 13u);
}

TEST(InterruptLatencyOfTheMachine, SoftwareInterruptsWaitAsLinesDo) {
  // What reset has left in Cause is cleared in 8; IP0 is set in 14, IEc in 16.
  const auto found = run(kNoMask, R"(
    mtc0 zero,c0_cause
    addiu t2,zero,0x100
    mtc0 t2,c0_status
    addiu t3,zero,0x100
    addiu t2,t2,1
    nop
    mtc0 t3,c0_cause
    nop
    mtc0 t2,c0_status
    nop
  )",
                         0);
  ASSERT_TRUE(found.longest);
  EXPECT_EQ(found.longest->since, 14u);
  EXPECT_EQ(found.longest->cycles, 3u);
}

}  // namespace
}  // namespace exosim
