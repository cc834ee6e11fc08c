// Checks in a whole machine: warnings, and the end of the run where it is asked for.
#include "sim/machine/diagnosis/checks.hpp"

#include <gtest/gtest.h>

#include <memory>
#include <string>
#include <utility>

#include "isa/machine/cp0.h"
#include "sim/machine/machine.hpp"
#include "sim/machine/testing/bare_program.hpp"

namespace exosim {
namespace {

// An uncached store behind a cached word, then mult right behind mflo.
constexpr auto kBothBugs = R"(
  lui t0,0x8000
  ori t0,t0,0x4000
  lui t1,0xa000
  ori t1,t1,0x4000
  sw zero,0(t0)
  sw t0,0(t1)
  lw v0,0(t0)
  mflo v0
  mult v0,v0
  spin: beq zero,zero,spin
  nop
)";

/// What a machine warns of that runs the program.
std::string warnings(void (*set_up)(Machine&), ExitReason reason) {
  testing::RecordingTerminal terminal;
  const Image image = testing::bare_program(kBothBugs);
  const auto machine = Machine::create(testing::standard_machine(), terminal).value();
  set_up(*machine);
  EXPECT_TRUE(machine->boot(image, {}));
  ::testing::internal::CaptureStderr();
  machine->run({.cycles = {1000}});
  std::string text = ::testing::internal::GetCapturedStderr();
  EXPECT_EQ(machine->outcome().reason(), reason);
  return text + machine->outcome().detail();
}

TEST(Checks, FindNothingUnlessTurnedOn) {
  const std::string text = warnings([](Machine&) {}, ExitReason::kDeadlock);
  EXPECT_EQ(text.find("stale"), std::string::npos) << text;
  EXPECT_EQ(text.find("hazard"), std::string::npos) << text;
}

TEST(Checks, WarnOfWhatTheyFind) {
  const std::string text = warnings(
      [](Machine& machine) {
        CheckSet checks;
        EXPECT_FALSE(read_checks("coherence,hazards", checks));
        machine.check(checks);
      },
      ExitReason::kDeadlock);
  EXPECT_NE(text.find("stale-word: load of a stale word at 0x80004000"), std::string::npos) << text;
  EXPECT_NE(text.find("hazard: mult 0 instructions after mfhi or mflo"), std::string::npos) << text;
}

TEST(Checks, AreTurnedOnByTheBugThatEndsTheRun) {
  const std::string text = warnings(
      [](Machine& machine) {
        GuestBugSet bugs;
        EXPECT_FALSE(read_guest_bugs("hazard", bugs));
        machine.stop_on(bugs);
      },
      ExitReason::kGuestBug);
  EXPECT_NE(text.find("hazard: mult"), std::string::npos) << text;
  EXPECT_EQ(text.find("stale"), std::string::npos) << text;
}

TEST(ParityFault, IsFoundWhenTheWordIsUsedAgain) {
  testing::RecordingTerminal terminal;
  const Image image = testing::bare_program(R"(
    lui t0,0x8000
    ori t0,t0,0x4000
    lw v0,0(t0)
    nop
    nop
    lw v0,0(t0)
    nop
    spin: beq zero,zero,spin
    nop
  )");
  const auto status_after = [&](Cycles at) {
    const auto machine = Machine::create(testing::standard_machine(), terminal).value();
    EXPECT_TRUE(machine->boot(image, {}));
    machine->inject({.cache = CacheName::kData, .address = {0x4002}, .at = at});
    machine->run({.cycles = {100}});
    return std::as_const(machine->cpu()).state().cp0.status;
  };
  EXPECT_TRUE(status_after({4}) & STATUS_PE);
  EXPECT_FALSE(status_after({1}) & STATUS_PE) << "refilled since";
  EXPECT_FALSE(status_after({20}) & STATUS_PE) << "not used since";
}

TEST(ParityFault, OfAWordThatTheCacheDoesNotHoldChangesNothing) {
  testing::RecordingTerminal terminal;
  const auto machine = Machine::create(testing::standard_machine(), terminal).value();
  EXPECT_TRUE(machine->boot(testing::bare_program("spin: beq zero,zero,spin; nop"), {}));
  Cache& cache = machine->cpu().data_cache();
  cache.fill({0x4000}, 1);
  machine->inject({.cache = CacheName::kData, .address = {0x14000}, .at = {1}});
  ::testing::internal::CaptureStderr();
  machine->run({.cycles = {3}});
  EXPECT_NE(::testing::internal::GetCapturedStderr().find("does not hold 0x00014000: no effect"),
            std::string::npos);
  EXPECT_TRUE(cache.holds({0x4000}));
}

TEST(Checks, AreReadByName) {
  CheckSet checks;
  EXPECT_FALSE(read_checks("all", checks));
  EXPECT_TRUE(checks.all());
  EXPECT_EQ(
      read_checks("hazard", checks),
      "unknown check \"hazard\"; did you mean \"hazards\"? (one of: coherence, hazards, all)");
  EXPECT_EQ(read_checks("", checks), "expected a check after each comma: coherence, hazards, all");
}

}  // namespace
}  // namespace exosim
