// Each check on a program that has the bug: the report, that the run goes on, and that it ends when
// the user asks for it.
#include "sim/machine/diagnosis/guest_bugs.hpp"

#include <fmt/format.h>
#include <gmock/gmock.h>
#include <gtest/gtest.h>

#include <string>

#include "isa/machine/exceptions.h"
#include "sim/machine/testing/guest_run.hpp"

namespace exosim {
namespace {

using exosim::testing::GuestRun;
using ::testing::HasSubstr;
using ::testing::IsEmpty;
using ::testing::Not;

// Puts a handler at the general vector that ends the run with status 7: lui k0,0xb000; sw
// zero,0x20(k0) with 7 in t9.
constexpr std::string_view kHandler = R"(
  lui k0,0x8000
  lui k1,0x3c1a
  ori k1,k1,0xb000
  sw k1,0x80(k0)
  lui k1,0xaf59
  ori k1,k1,0x0020
  sw k1,0x84(k0)
  addiu t9,zero,7
)";

struct Sample {
  GuestBug bug;
  std::string program;  // after kHandler
  std::string report;
};

std::string name_of(GuestBug bug) {
  return std::string(guest_bug_table()[static_cast<size_t>(bug)].name);
}

std::string exit_with_7() { return "\n lui t8,0xb000; sw t9,0x20(t8)"; }

// The program begins at 0x80001000, what follows the handler at 0x80001020.
std::vector<Sample> samples() {
  return {
      {GuestBug::kUnalignedJump, "lui t0,0x8000; ori t0,t0,0x1043; jalr t0; nop",
       "unaligned-jump: jump to 0x80001043; expected a multiple of 4; at 0x8000102c guilty+0xc"},
      {GuestBug::kReservedInstruction,
       "lui t0,0x8000; lui t1,0xfc00; sw t1,0x2000(t0); ori t0,t0,0x2000; jr t0; nop",
       "reserved-instruction: the word 0xfc000000; expected an instruction; at physical "
       "0x00002000"},
      {GuestBug::kKernelAddressError, "lui t0,0x8000; lw t1,2(t0)",
       "kernel-address-error: load at 0x80000002; expected an address aligned to its size; at "
       "0x80001024 guilty+0x4"},
      {GuestBug::kAbsentAddress, "lui t0,0xb800; lw t1,4(t0); nop",
       "absent-address: 4-byte load at 0xb8000004 (physical 0x18000004), where nothing "
       "answers; expected memory or a device; at 0x80001024 guilty+0x4"},
      {GuestBug::kAbsentAddress, "lui t0,0xb800; sh t1,4(t0)" + exit_with_7(),
       "absent-address: 2-byte store at 0xb8000004 (physical 0x18000004), where nothing "},
      {GuestBug::kAbsentAddress, "lui t0,0xb800; jr t0; nop",
       "absent-address: fetch from 0xb8000000, where nothing answers; expected code; at "
       "0x80001028 guilty+0x8"},
      {GuestBug::kAbsentAddress, "lui t0,0xb000; ori t0,t0,0x1000; lw t1,0x7c(t0); nop",
       "(physical 0x1000107c), "},
      {GuestBug::kRomWrite, "lui t0,0xbfc0; addiu t1,zero,5; sw t1,0x100(t0)" + exit_with_7(),
       "rom-write: store of 0x5 to 0xbfc00100 (physical 0x1fc00100), which prom does not take; "
       "expected memory that can be written; at 0x80001028 guilty+0x8"},
  };
}

testing::GuestRunSettings settings() {
  return {.symbols = {{.address = 0x80001020, .size = 0x100, .name = "guilty"}}};
}

std::string warnings_of(const std::string& program, const testing::GuestRunSettings& with,
                        ExitReason reason = ExitReason::kExit) {
  ::testing::internal::CaptureStderr();
  const GuestRun run(program, with);
  EXPECT_EQ(run.reason(), reason) << program << run.detail();
  return ::testing::internal::GetCapturedStderr();
}

TEST(GuestBugs, AreWarningsWithPlaceAddressAndExpectation) {
  for (const Sample& sample : samples()) {
    const std::string log = warnings_of(kHandler.data() + sample.program, settings());
    EXPECT_THAT(log, HasSubstr("warning: " + name_of(sample.bug) + ": ")) << sample.program;
    EXPECT_THAT(log, HasSubstr(sample.report)) << sample.program;
  }
}

TEST(GuestBugs, EndTheRunWithTheirNameIfTheUserWantsIt) {
  for (const Sample& sample : samples()) {
    testing::GuestRunSettings with = settings();
    with.stop_on.set(static_cast<size_t>(sample.bug));
    const GuestRun run(kHandler.data() + sample.program, with);
    EXPECT_EQ(run.reason(), ExitReason::kGuestBug) << sample.program;
    EXPECT_THAT(run.detail(), ::testing::StartsWith(name_of(sample.bug) + ": "));
  }
}

TEST(GuestBugs, EndTheRunAtNoOtherBug) {
  for (const Sample& sample : samples()) {
    testing::GuestRunSettings with = settings();
    with.stop_on.set().reset(static_cast<size_t>(sample.bug));
    const GuestRun run(kHandler.data() + sample.program, with);
    EXPECT_EQ(run.reason(), ExitReason::kExit) << sample.program << run.detail();
    EXPECT_EQ(run.machine->outcome().status(), 7u);
  }
}

TEST(GuestBugs, DuplicateTlbEntriesAreReported) {
  // Two entries for page 0, then a load from it. The refill vector's handler ends the run as well.
  const std::string program = std::string(kHandler) + R"(
    lw k1,0x80(k0)
    nop
    sw k1,0(k0)
    lw k1,0x84(k0)
    nop
    sw k1,4(k0)
    mtc0 zero,c0_entryhi
    mtc0 zero,c0_index
    tlbwi
    addiu t0,zero,0x100
    mtc0 t0,c0_index
    tlbwi
    lw t0,0(zero)
    nop
  )";
  EXPECT_THAT(warnings_of(program, settings()),
              HasSubstr("tlb-shutdown: two TLB entries match one address, 0x00000000 in address "
                        "space 0: 0 and 1; the TLB is shut down"));
}

// tlbp finds them without an exception: the report is of the tlbp.
TEST(GuestBugs, DuplicateTlbEntriesThatAProbeFindsAreReported) {
  const std::string program = std::string(kHandler) + R"(
    ori t1,zero,0x50c0
    mtc0 t1,c0_entryhi
    mtc0 zero,c0_index
    tlbwi
    addiu t0,zero,0x100
    mtc0 t0,c0_index
    tlbwi
    nop
    tlbp
    nop
  )" + exit_with_7();
  EXPECT_THAT(warnings_of(program, settings()),
              HasSubstr("tlb-shutdown: two TLB entries match one address, 0x00005000 in address "
                        "space 3: 0 and 1; the TLB is shut down; expected one at most; at "
                        "0x80001040"));
}

TEST(GuestBugs, AreReportedOncePerPlace) {
  const std::string log = warnings_of(R"(
    lui t0,0xbfc0
    addiu t2,zero,3
    again: sw zero,0(t0)
    sw zero,4(t0)
    bne t2,zero,again
    addiu t2,t2,-1
    lui t8,0xb000
    sw zero,0x20(t8)
  )",
                                      {});
  EXPECT_EQ(std::count(log.begin(), log.end(), '\n'), 2) << log;
  EXPECT_THAT(log, HasSubstr("0x80001008"));
  EXPECT_THAT(log, HasSubstr("0x8000100c"));
}

TEST(GuestBugs, EndlesslyManyPlacesMakeNoEndlessLog) {
  std::string program = "lui t0,0xbfc0\n";
  for (int index = 0; index < 50; ++index) program += "sw zero,0(t0)\n";
  const std::string log = warnings_of(program + "lui t8,0xb000; sw zero,0x20(t8)", {});
  EXPECT_EQ(std::count(log.begin(), log.end(), '\n'), 20) << log;
  EXPECT_THAT(log, HasSubstr("further ones are not reported\n"));
}

TEST(GuestBugs, CorrectProgramsAreNotSuspected) {
  // A device, the PROM read, unaligned words by lwl and lwr, isolated stores to the PROM's lines.
  EXPECT_THAT(warnings_of(R"(
    lui t0,0xbfc0
    lw t1,0(t0)
    lui t2,0x8000
    lwl t1,5(t2)
    lwr t1,2(t2)
    lui t3,0x0001
    mtc0 t3,c0_status
    lui t4,0x9fc0
    sw zero,0(t4)
    mtc0 zero,c0_status
    nop
    nop
    lui t8,0xb000
    sw zero,0x20(t8)
  )",
                          {}),
              IsEmpty());
}

TEST(GuestBugs, OfUserModeAreTheKernelsToHandle) {
  // Runs `lw t0,2(zero)` and a reserved word in user mode, by an exception each.
  Retired step;
  step.fetched = true;
  step.exception = {.taken = true, .code = EXC_ADEL};
  EXPECT_EQ(guest_bug_of(step), GuestBug::kKernelAddressError);
  step.user_mode = true;
  EXPECT_EQ(guest_bug_of(step), std::nullopt);
  step.exception.code = EXC_RI;
  EXPECT_EQ(guest_bug_of(step), std::nullopt);
  step.exception.code = EXC_SYS;
  step.user_mode = false;
  EXPECT_EQ(guest_bug_of(step), std::nullopt);
}

TEST(GuestBugNames, AreListed) {
  for (const NamedRow& row : guest_bug_table()) {
    EXPECT_THAT(guest_bugs_text(), HasSubstr(std::string(row.name) + " "));
    EXPECT_THAT(guest_bugs_markdown(), HasSubstr(fmt::format("| `{}` | {} |", row.name, row.doc)));
  }
}

TEST(GuestBugNames, AreReadFromAList) {
  GuestBugSet bugs;
  EXPECT_EQ(read_guest_bugs("rom-write,unaligned-jump", bugs), std::nullopt);
  EXPECT_EQ(bugs.count(), 2u);
  EXPECT_TRUE(bugs.test(static_cast<size_t>(GuestBug::kRomWrite)));
  EXPECT_TRUE(bugs.test(static_cast<size_t>(GuestBug::kUnalignedJump)));
  EXPECT_EQ(read_guest_bugs("all", bugs), std::nullopt);
  EXPECT_TRUE(bugs.all());
}

TEST(GuestBugNames, UnknownOnesAreRefusedWithTheNearest) {
  GuestBugSet bugs;
  EXPECT_THAT(read_guest_bugs("rom-wriet", bugs).value(), HasSubstr("did you mean \"rom-write\"?"));
  EXPECT_THAT(read_guest_bugs("xyz", bugs).value(), HasSubstr("one of: unaligned-jump, reserved-"));
  EXPECT_THAT(read_guest_bugs("xyz", bugs).value(), Not(HasSubstr("did you mean")));
  for (const char* text : {"", ",", "rom-write,", ",rom-write", "rom-write,,all"})
    EXPECT_NE(read_guest_bugs(text, bugs), std::nullopt) << text;
}

}  // namespace
}  // namespace exosim
