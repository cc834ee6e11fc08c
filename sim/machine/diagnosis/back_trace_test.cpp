// Back-traces of assembled programs, and of stacks that mean harm.
#include "sim/machine/diagnosis/back_trace.hpp"

#include <fmt/format.h>
#include <gmock/gmock.h>
#include <gtest/gtest.h>
#include <rapidcheck.h>
#include <rapidcheck/gtest.h>

#include <memory>

#include "isa/machine/exceptions.h"
#include "isa/machine/memory_map.h"
#include "isa/machine/registers.h"
#include "sim/machine/testing/guest_run.hpp"

namespace exosim {
namespace {

using exosim::testing::GuestRun;
using exosim::testing::GuestRunSettings;
using ::testing::ElementsAre;
using ::testing::SizeIs;

// start at 0x1000 calls outer at 0x1020, which calls inner at 0x1040, which panics.
constexpr std::string_view kNested = R"(
  lui sp,0x8000
  ori sp,sp,0x8000
  jal 0x80001020
  nop
  nop
  nop
  nop
  nop
  addiu sp,sp,-24
  sw ra,20(sp)
  sw s0,16(sp)
  jal 0x80001040
  addiu s0,zero,1
  nop
  nop
  nop
  addiu sp,sp,-8
  lui t0,0xb000
  sw zero,0x28(t0)
  nop
)";

std::vector<Symbol> nested_symbols() {
  return {{.address = 0x80001000, .size = 0x20, .name = "start"},
          {.address = 0x80001020, .size = 0x20, .name = "outer()"},
          {.address = 0x80001040, .size = 0x20, .name = "inner(int)"}};
}

TEST(BackTrace, NamesEachCaller) {
  const GuestRun run(kNested, {.symbols = nested_symbols()});
  ASSERT_EQ(run.reason(), ExitReason::kGuestPanic);
  EXPECT_THAT(run.machine->back_trace(),
              ElementsAre("#0  0x80001048 in inner(int)", "#1  0x8000102c in outer()",
                          "#2  0x80001008 in start"));
}

TEST(BackTrace, WithoutSymbolsItIsThePlaceAlone) {
  const GuestRun run(kNested);
  EXPECT_THAT(run.machine->back_trace(), ElementsAre("#0  0x80001048 in ??"));
}

TEST(BackTrace, GoesOnBehindAHandlerInWhatItInterrupted) {
  // The handler at the general vector stores to the panic register; no frame is its own.
  const GuestRun run(R"(
    lui sp,0x8000
    ori sp,sp,0x8000
    lui t0,0x8000
    lui t1,0xad20
    ori t1,t1,0x0028
    sw t1,0x80(t0)
    lui t1,0xb000
    jal 0x80001028
    or t1,t1,zero
    nop
    addiu sp,sp,-16
    sw ra,12(sp)
    syscall
  )",
                     {.symbols = {{.address = 0x80001000, .size = 0x28, .name = "start"},
                                  {.address = 0x80001028, .size = 0x20, .name = "caller"}}});
  ASSERT_EQ(run.reason(), ExitReason::kGuestPanic) << run.detail();
  EXPECT_THAT(run.machine->back_trace(),
              ElementsAre("#0  0x80000080 in ??", "    --- exception Sys ---",
                          "#1  0x80001030 in caller", "#2  0x8000101c in start"));
}

TEST(BackTrace, OfAMissingHandlerBeginsAtTheFault) {
  const GuestRun run("jal 0x80001010; nop; nop; nop; break",
                     {.symbols = {{.address = 0x80001000, .size = 0x10, .name = "start"},
                                  {.address = 0x80001010, .size = 0x10, .name = "faulty"}}});
  ASSERT_EQ(run.reason(), ExitReason::kGuestPanic);
  EXPECT_THAT(run.machine->back_trace(),
              ElementsAre("#0  0x80001010 in faulty", "#1  0x80001000 in start"));
}

TEST(BackTrace, OfACallToNowhereShowsTheCall) {
  GuestRunSettings settings{.symbols = {{.address = 0x80001000, .size = 0x40, .name = "start"}}};
  settings.stop_on.set();
  for (const std::string_view target : {"0xdeadbeef", "0x80001003"}) {
    const GuestRun run(fmt::format("lui t9,{}; ori t9,t9,0x{}; jalr t9; nop", target.substr(0, 6),
                                   target.substr(6)),
                       settings);
    ASSERT_EQ(run.reason(), ExitReason::kGuestBug);
    EXPECT_THAT(run.machine->back_trace(),
                ElementsAre(fmt::format("#0  {} in ??", target), "#1  0x80001008 in start"));
  }
}

TEST(BackTrace, SeesTheStackAsTheProcessorDoes) {
  // inner's return address is changed in memory through kseg1, behind the data cache.
  std::string program(kNested);
  const size_t panic = program.find("sw zero,0x28(t0)");
  program.insert(panic, "lui t1,0xa000; sw zero,0x7ffc(t1);");
  const GuestRun run(program, {.symbols = nested_symbols()});
  ASSERT_EQ(run.machine->bus().peek({0x7ffc}, 4), 0u);
  EXPECT_THAT(run.machine->back_trace(), SizeIs(3));
}

TEST(BackTrace, EndsInARecursionWithoutEnd) {
  const GuestRun run(R"(
    lui sp,0x8000
    ori sp,sp,0x8000
    addiu t2,zero,100
    recurse: addiu sp,sp,-16
    sw ra,12(sp)
    addiu t2,t2,-1
    beq t2,zero,panic
    nop
    jal 0x8000100c
    nop
    panic: lui t0,0xb000
    sw zero,0x28(t0)
  )",
                     {.symbols = {{.address = 0x80001000, .size = 12, .name = "start"},
                                  {.address = 0x8000100c, .size = 0x40, .name = "recurse"}}});
  const auto lines = run.machine->back_trace();
  EXPECT_THAT(lines, SizeIs(kMaxFrames));
  EXPECT_EQ(lines.back(), "#31 0x80001020 in recurse");
}

TEST(BackTrace, ChangesNothing) {
  const GuestRun run(kNested, {.symbols = nested_symbols()});
  const CpuState before = std::as_const(*run.machine).cpu().state();
  const auto lines = run.machine->back_trace();
  EXPECT_EQ(std::as_const(*run.machine).cpu().state(), before);
  EXPECT_EQ(run.machine->back_trace(), lines);
}

/// Rules that may be anything.
class WildFrames final : public FrameTable {
 public:
  std::optional<FrameRule> find(uint32_t virt) override {
    FrameRule rule;
    rule.base = static_cast<uint8_t>((virt >> 2) % 32);
    rule.size = static_cast<int32_t>(random_.word() >> random_.below(32));
    for (auto& saved : rule.saved)
      if (random_.below(2) == 0) saved = -static_cast<int32_t>(random_.below(1024));
    if (random_.below(8) == 0) return std::nullopt;
    return rule;
  }

 private:
  Random random_{7};
};

uint32_t likely_address(Random& random) {
  switch (random.below(5)) {
    case 0:
      return random.word();
    case 1:
      return KSEG0_BASE + random.below(0x3000);
    case 2:
      return KSEG1_BASE + random.below(1 << 20);
    case 3:
      return random.below(0x10000);
    default:
      return KSEG0_BASE + 0x1000 + 4 * random.below(64);
  }
}

// Registers, stack, TLB and code at random: at most so many lines, and nothing changed.
RC_GTEST_PROP(BackTrace, SurvivesAnyGuest, (uint64_t seed, bool with_frames)) {
  Random random(seed);
  testing::RecordingTerminal terminal;
  auto machine = Machine::create(testing::standard_machine(), terminal).value();
  Image image = testing::bare_program(kNested);
  image.info.symbols = nested_symbols();
  if (with_frames) image.info.frames = std::make_shared<WildFrames>();
  RC_ASSERT(machine->boot(image, {}));
  for (uint32_t at = 0; at < 0x3000; at += 4)
    if (at < 0x1000 || random.below(4) == 0) machine->bus().write({at}, 4, likely_address(random));
  std::vector<GuestContext> contexts(1 + random.below(4));
  for (GuestContext& context : contexts) {
    context.pc = {likely_address(random)};
    context.next = {likely_address(random)};
    context.user_mode = random.below(4) == 0;
    context.left = random.below(2) == 0;
    context.exception = static_cast<uint8_t>(random.below(EXC_COUNT));
    for (uint32_t& reg : context.gpr) reg = likely_address(random);
  }
  GuestView view(machine->cpu(), machine->bus());
  const auto lines = back_trace(machine->code_map(), view, contexts);
  RC_ASSERT(!lines.empty());
  RC_ASSERT(lines.size() <= kMaxFrames + contexts.size());
}

}  // namespace
}  // namespace exosim
