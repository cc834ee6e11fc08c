// The machine as a whole: hand-over, ways to end, limits, determinism.
#include "sim/machine/machine.hpp"

#include <fmt/format.h>
#include <gtest/gtest.h>

#include <memory>
#include <string>

#include "isa/machine/boot.h"
#include "isa/machine/cp0.h"
#include "isa/machine/registers.h"
#include "sim/machine/testing/bare_program.hpp"

namespace exosim {
namespace {

using testing::bare_program;
using testing::RecordingTerminal;
using testing::standard_machine;

struct GuestRun {
  explicit GuestRun(std::string_view source, RunLimits limits = {.cycles = {10'000}},
                    const MachineConfig& config = standard_machine()) {
    image = bare_program(source);
    machine = Machine::create(config, terminal).value();
    EXPECT_TRUE(machine->boot(image, {}));
    machine->run(limits);
  }

  ExitReason reason() const { return machine->outcome().reason(); }

  RecordingTerminal terminal;
  Image image;
  std::unique_ptr<Machine> machine;
};

constexpr auto kExitWith42 = R"(
  lui t0,0xb000
  li_status: addiu t1,zero,42
  sw t1,0x20(t0)
  spin: beq zero,zero,spin
  nop
)";

TEST(Machine, ExitRegisterEndsTheRunWithItsStatus) {
  const GuestRun run(kExitWith42);
  EXPECT_EQ(run.reason(), ExitReason::kExit);
  EXPECT_EQ(run.machine->outcome().status(), 42u);
  EXPECT_EQ(run.machine->instructions(), 3u) << "the store is the last instruction";
  EXPECT_EQ(run.machine->now(), Cycles{3}) << "ideal timing: one cycle each";
}

TEST(Machine, ConsoleOutputReachesTheTerminal) {
  const GuestRun run(R"(
    lui t0,0xb000
    addiu t1,zero,72
    sb t1,0(t0)
    addiu t1,zero,105
    sb t1,0(t0)
    sw zero,0x10(t0)
  )");
  EXPECT_EQ(run.terminal.output(), "Hi");
  EXPECT_EQ(run.reason(), ExitReason::kExit);
  EXPECT_EQ(run.machine->outcome().status(), 0u);
}

TEST(Machine, PanicRegisterEndsTheRunAsGuestPanic) {
  const GuestRun run("lui t0,0xb000; addiu t1,zero,7; sw t1,0x28(t0)");
  EXPECT_EQ(run.reason(), ExitReason::kGuestPanic);
}

TEST(Machine, HandOverIsWhatBootHeaderDocuments) {
  RecordingTerminal terminal;
  auto machine = Machine::create(standard_machine(), terminal).value();
  const Image image = bare_program("nop");
  ASSERT_TRUE(machine->boot(image, {}));
  const CpuState& state = machine->cpu().state();
  EXPECT_EQ(state.gpr[REG_A0], 1u) << "argc: the kernel's name alone";
  EXPECT_EQ(state.gpr[REG_A2], static_cast<uint32_t>(BOOT_MAGIC));
  EXPECT_EQ(state.gpr[REG_A3], 0xbfc02000u);
  EXPECT_EQ(state.gpr[REG_SP], 0x80100000u) << "the top of 1 MiB";
  EXPECT_EQ(state.cp0.status, 0u);
  EXPECT_EQ(state.pc, VirtAddr{testing::kProgramBase});
  EXPECT_EQ(machine->bus().peek({0x1fc02000}, 4), static_cast<uint32_t>(BOOT_MAGIC));
}

/// FCR0 >> 8 and Cause >> 8 after an unknown operation, of a machine with this processor and pin.
uint32_t float_identity_and_pin(const char* model, bool present, unsigned pin) {
  MachineConfig config = standard_machine();
  config.cpu_model = model;
  config.fpu_present = present;
  config.fpu_interrupt = pin;
  const GuestRun run(R"(
    lui t0,0x2000; mtc0 t0,c0_status; nop; nop
    mtc0 zero,c0_cause; ctc1 zero,$31
    .word 0x46000004
    mfc0 t1,c0_cause; cfc1 t2,$0
    srl t1,t1,8; srl t2,t2,8; sll t2,t2,8; or t1,t1,t2
    lui t0,0xb000; sw t1,0x20(t0)
  )",
                     {{100}}, config);
  return run.machine->outcome().status();
}

TEST(Machine, HasTheFloatingPointChipOfItsProcessorOnItsPin) {
  EXPECT_EQ(float_identity_and_pin("r3000", true, 7), 0x0380u);
  EXPECT_EQ(float_identity_and_pin("r2000", true, 4), 0x0210u);
  EXPECT_EQ(float_identity_and_pin("r3000", false, 7), 0u);
}

TEST(Machine, CycleLimitEndsTheRun) {
  const GuestRun run("loop: addiu t0,t0,1; beq zero,zero,loop; nop", {.cycles = {1000}});
  EXPECT_EQ(run.reason(), ExitReason::kCycleLimit);
  EXPECT_EQ(run.machine->now(), Cycles{1000});
}

TEST(Machine, LimitOfOneIsToldInTheSingular) {
  EXPECT_EQ(GuestRun(kExitWith42, {.cycles = {1}}).machine->outcome().detail(), "after 1 cycle");
  EXPECT_EQ(GuestRun(kExitWith42, {.instructions = 1}).machine->outcome().detail(),
            "after 1 instruction");
  EXPECT_EQ(GuestRun(kExitWith42, {.cycles = {2}}).machine->outcome().detail(), "after 2 cycles");
}

TEST(Machine, InstructionLimitEndsTheRun) {
  const GuestRun run("loop: addiu t0,t0,1; beq zero,zero,loop; nop", {.instructions = 500});
  EXPECT_EQ(run.reason(), ExitReason::kInstructionLimit);
  EXPECT_EQ(run.machine->instructions(), 500u);
}

TEST(Machine, BranchToItselfWithInterruptsOffIsDeadlock) {
  const GuestRun run("nop; spin: beq zero,zero,spin; nop");
  EXPECT_EQ(run.reason(), ExitReason::kDeadlock);
  EXPECT_NE(run.machine->outcome().detail().find("0x80001004"), std::string::npos);
  EXPECT_NE(run.machine->outcome().detail().find("interrupts off"), std::string::npos);
}

TEST(Machine, SpinningWithInterruptsOnAndNoEventIsDeadlock) {
  const GuestRun run("ori t0,zero,0xfc01; mtc0 t0,c0_status; nop; spin: beq zero,zero,spin; nop");
  EXPECT_EQ(run.reason(), ExitReason::kDeadlock);
  EXPECT_NE(run.machine->outcome().detail().find("no event"), std::string::npos);
}

TEST(Machine, SpinningUntilTheFpuInterruptsIsNoDeadlock) {
  MachineConfig config = standard_machine();
  config.effects.interrupts = 4;  // two turns of the loop
  const GuestRun run(R"(
    lui t0,0x2000
    mtc0 t0,c0_status
    nop
    nop
    lui t1,0x0001
    ori t1,t1,0x0800    # invalid operation, cause and enable
    ctc1 t1,$31
    ori t0,t0,0x8001
    mtc0 t0,c0_status
    spin: beq zero,zero,spin
    nop
  )",
                     {.cycles = {1000}}, config);
  EXPECT_EQ(run.reason(), ExitReason::kGuestPanic) << run.machine->outcome().detail();
  EXPECT_NE(run.machine->outcome().detail().find("Int at"), std::string::npos);  // no handler
}

TEST(Machine, SpinningUntilTheTimerIsNoDeadlock) {
  const GuestRun run(R"(
    lui t0,0xb000
    ori t0,t0,0x1000
    addiu t1,zero,3
    sw t1,0x10(t0)
    addiu t1,zero,100
    sw t1,0x0c(t0)
    ori t0,zero,0xfc01
    mtc0 t0,c0_status
    nop
    spin: beq zero,zero,spin
    nop
  )",
                     {.cycles = {1000}});
  EXPECT_EQ(run.reason(), ExitReason::kCycleLimit);
}

TEST(Machine, LineRaisedByTheLastEventOfASpinIsTaken) {
  // One expiry, at each place of the loop in turn. The handler is `sw zero,0x20(t3)`.
  for (int ticks = 10; ticks < 14; ++ticks) {
    MachineConfig config = standard_machine();
    config.devices[1].params.numbers["frequency"] = config.clock_hz;
    const GuestRun run(fmt::format(R"(
      lui t2,0x8000
      lui t1,0xad60
      ori t1,t1,0x0020
      sw t1,0x80(t2)
      lui t3,0xb000
      ori t0,t3,0x1000
      addiu t1,zero,2
      sw t1,0x10(t0)
      addiu t1,zero,{}
      sw t1,0x0c(t0)
      ori t0,zero,0x0801
      mtc0 t0,c0_status
      nop
      spin: beq zero,zero,spin
      nop
    )",
                                   ticks),
                       {.cycles = {1000}}, config);
    EXPECT_EQ(run.reason(), ExitReason::kExit) << ticks;
  }
}

TEST(Machine, BranchThatWaitsForItsLoadIsNoDeadlock) {
  const GuestRun run(R"(
    lui t2,0x8000
    ori t2,t2,0x4000
    addiu t1,zero,1
    sw t1,0(t2)
    addu t0,zero,zero
    nop
    lw t0,0(t2)
    spin: beq t0,zero,spin
    nop
    lui t3,0xb000
    sw zero,0x20(t3)
  )");
  EXPECT_EQ(run.reason(), ExitReason::kExit);
}

TEST(Machine, ExceptionWithoutHandlerIsGuestPanic) {
  const GuestRun run("nop; syscall");
  EXPECT_EQ(run.reason(), ExitReason::kGuestPanic);
  const std::string& detail = run.machine->outcome().detail();
  EXPECT_NE(detail.find("no handler at 0x80000080"), std::string::npos) << detail;
  EXPECT_NE(detail.find("0x80001004"), std::string::npos) << detail;
}

TEST(Machine, WarnsWithoutAConsole) {
  ::testing::internal::CaptureStderr();
  const GuestRun without("spin: j spin; nop", {.cycles = {10}}, MachineConfig{});
  const std::string log = ::testing::internal::GetCapturedStderr();
  EXPECT_NE(log.find("the machine has no console"), std::string::npos) << log;
}

TEST(Machine, HandlerWrittenByTheGuestIsAHandler) {
  const GuestRun run(R"(
    lui t0,0x8000
    lui t1,0xb000
    lui t2,0xad20
    ori t2,t2,0x0020
    sw t2,0x80(t0)
    syscall
  )");
  // The word written is `sw zero,0x20(t1)`, encoded with its base register t1.
  EXPECT_EQ(run.reason(), ExitReason::kExit);
}

TEST(Machine, SameSeedGivesTheSameMachineAndAnotherSeedAnother) {
  const auto garbage = [](uint64_t seed) {
    RecordingTerminal terminal;
    MachineConfig config = standard_machine();
    config.seed = seed;
    auto machine = Machine::create(config, terminal).value();
    const Image image = bare_program("nop");
    EXPECT_TRUE(machine->boot(image, {}));
    return std::pair{machine->cpu().state().gpr, machine->bus().peek({0x8000}, 4)};
  };
  EXPECT_EQ(garbage(1), garbage(1));
  EXPECT_NE(garbage(1), garbage(2));
}

TEST(Machine, RefusesUnknownDevicesAndEngines) {
  RecordingTerminal terminal;
  MachineConfig config = standard_machine();
  config.devices[0].type = "consol";
  EXPECT_EQ(Machine::create(config, terminal).error().text(),
            "devices.console: no device type 'consol'");
  config = standard_machine();
  config.timing_engine = "perfect";
  EXPECT_EQ(Machine::create(config, terminal).error().where, "timing.engine");
}

TEST(Machine, RefusesOverlappingDevices) {
  RecordingTerminal terminal;
  MachineConfig config = standard_machine();
  config.devices[1].address = config.devices[0].address + 4;
  EXPECT_FALSE(Machine::create(config, terminal));
}

TEST(Machine, RunningInStepsIsRunningAtOnce) {
  RecordingTerminal terminal;
  auto machine = Machine::create(standard_machine(), terminal).value();
  const Image image = bare_program(kExitWith42);
  ASSERT_TRUE(machine->boot(image, {}));
  EXPECT_TRUE(machine->run_steps({}, 2));
  EXPECT_EQ(machine->instructions(), 2u);
  EXPECT_FALSE(machine->run_steps({}, 2));
  EXPECT_EQ(machine->instructions(), 3u);
}

}  // namespace
}  // namespace exosim
