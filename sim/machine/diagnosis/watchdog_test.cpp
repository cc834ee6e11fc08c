// What the watchdog takes for life, and that it bites in time otherwise.
#include "sim/machine/diagnosis/watchdog.hpp"

#include <gmock/gmock.h>
#include <gtest/gtest.h>

#include "sim/machine/testing/guest_run.hpp"

namespace exosim {
namespace {

using exosim::testing::GuestRun;
using exosim::testing::GuestRunSettings;

constexpr std::string_view kLoop = "\n loop: addiu t5,t5,1; beq zero,zero,loop; nop";

GuestRunSettings watched(uint64_t cycles, uint64_t limit = 20'000) {
  GuestRunSettings settings{.limits = {.cycles = {limit}}};
  settings.config.watchdog_cycles = cycles;
  return settings;
}

TEST(Watchdog, IsOffUnlessAsked) {
  const GuestRun run(kLoop);
  EXPECT_EQ(run.reason(), ExitReason::kCycleLimit);
  EXPECT_EQ(Watchdog(0).next(), kNever);
}

TEST(Watchdog, BitesALoopWithInterruptsOff) {
  const GuestRun run(kLoop, watched(1000));
  EXPECT_EQ(run.reason(), ExitReason::kGuestBug);
  EXPECT_EQ(run.detail(),
            "watchdog: interrupts off for 1000 cycles, without an exception or output");
  EXPECT_GE(run.machine->now(), Cycles{1000});
  EXPECT_LE(run.machine->now(), Cycles{1000 + 2 * 126}) << "an eighth, twice: begin and end";
}

TEST(Watchdog, MaskedInterruptsAreOff) {
  const GuestRun run("addiu t0,zero,1; mtc0 t0,c0_status; nop" + std::string(kLoop), watched(1000));
  EXPECT_EQ(run.reason(), ExitReason::kGuestBug);
}

TEST(Watchdog, SparesALoopWithInterruptsOn) {
  const GuestRun run("ori t0,zero,0xfc01; mtc0 t0,c0_status; nop" + std::string(kLoop),
                     watched(1000));
  EXPECT_EQ(run.reason(), ExitReason::kCycleLimit);
}

TEST(Watchdog, SparesAKernelThatEnablesInterruptsForAMoment) {
  const GuestRun run(R"(
    addiu t0,zero,0x401
    loop: mtc0 t0,c0_status
    mtc0 zero,c0_status
    addiu t1,zero,100
    wait: bne t1,zero,wait
    addiu t1,t1,-1
    beq zero,zero,loop
    nop
  )",
                     watched(1000));
  EXPECT_EQ(run.reason(), ExitReason::kCycleLimit);
}

TEST(Watchdog, SparesALoopThatPrints) {
  constexpr std::string_view kPrinting = R"(
    lui t0,0xb000
    addiu t2,zero,65
    loop: sb t2,0(t0)
    addiu t1,zero,100
    wait: bne t1,zero,wait
    addiu t1,t1,-1
    beq zero,zero,loop
    nop
  )";
  EXPECT_EQ(GuestRun(kPrinting, watched(1000)).reason(), ExitReason::kCycleLimit);
  EXPECT_EQ(GuestRun(kPrinting, watched(80)).reason(), ExitReason::kGuestBug);
}

TEST(Watchdog, SparesALoopThatTakesExceptions) {
  // The handler is `mfc0 k0,c0_epc; nop; jr k0; nop`, and interrupts stay off.
  const GuestRun run(R"(
    lui t0,0x8000
    lui t1,0x401a
    ori t1,t1,0x7000
    sw t1,0x80(t0)
    sw zero,0x84(t0)
    lui t1,0x0340
    ori t1,t1,0x0008
    sw t1,0x88(t0)
    lui t1,0x275a
    ori t1,t1,0x0004
    sw t1,0x84(t0)
    nop
    loop: syscall
    addiu t1,zero,100
    wait: bne t1,zero,wait
    addiu t1,t1,-1
    beq zero,zero,loop
    nop
  )",
                     watched(1000));
  EXPECT_EQ(run.reason(), ExitReason::kCycleLimit) << run.detail();
}

TEST(Watchdog, BeginsAnewAfterASignOfLife) {
  Watchdog watchdog(800);
  EXPECT_EQ(watchdog.next(), Cycles{101});
  EXPECT_FALSE(watchdog.look({101}, 0, false));
  EXPECT_FALSE(watchdog.look({799}, 1, false)) << "something happened";
  EXPECT_FALSE(watchdog.look({1598}, 1, false));
  EXPECT_TRUE(watchdog.look({1599}, 1, false));
  EXPECT_FALSE(watchdog.look({9000}, 1, true)) << "interrupts are on";
}

TEST(Watchdog, ChangesNothingOfARunThatItSpares) {
  constexpr std::string_view kCount = R"(
    addiu t1,zero,300
    wait: bne t1,zero,wait
    addiu t1,t1,-1
    lui t0,0xb000
    sw zero,0x20(t0)
  )";
  const GuestRun without(kCount);
  const GuestRun with(kCount, watched(1000));
  EXPECT_EQ(with.reason(), ExitReason::kExit);
  EXPECT_EQ(with.machine->now(), without.machine->now());
  EXPECT_EQ(std::as_const(*with.machine).cpu().state(),
            std::as_const(*without.machine).cpu().state());
}

}  // namespace
}  // namespace exosim
