// The disk on a whole machine: its bursts take the bus from the processor, whose stalls show it.
#include <gtest/gtest.h>

#include <array>
#include <string>
#include <vector>

#include "isa/devices/disk.h"
#include "sim/machine/testing/guest_run.hpp"

namespace exosim {
namespace {

using testing::bare_program;
using testing::RecordingTerminal;

/// Cycles by cause.
class CauseTotals final : public Observer {
 public:
  void on_retired(Cycles, const StepCost& cost, const Retired&) override {
    for (const StallCounts& counts : cost.stalls)
      for (size_t cause = 0; cause < kStallCauses; ++cause) totals[cause] += counts[cause];
  }
  uint64_t of(StallCause cause) const { return totals[static_cast<size_t>(cause)]; }

  std::array<uint64_t, kStallCauses> totals{};
};

/// Writes 8 blocks from 0x8000 to block 100, reads them to 0xc000 and ends the run; all the while
/// it loads uncached.
constexpr const char* kProgram = R"(
      lui s0,0xb000; ori s0,s0,0x4000   # the disk
      lui s1,0xa000; ori s1,s1,0x8000
      ori t1,zero,1024
fill: sw t1,0(s1)
      addiu s1,s1,4
      addiu t1,t1,-1
      bne t1,zero,fill
      nop
      ori t0,zero,100; sw t0,0(s0)      # BLOCK
      ori t0,zero,8; sw t0,4(s0)        # COUNT
      ori t0,zero,0x8000; sw t0,8(s0)   # ADDRESS
      ori s2,zero,2                     # WRITE, then READ
next: sw s2,16(s0)
wait: lw t0,-4(s1)
      lw t0,28(s0)                      # STATUS
      nop
      andi t0,t0,1
      bne t0,zero,wait
      nop
      ori t0,zero,0xc000; sw t0,8(s0)
      addiu s2,s2,-1
      bne s2,zero,next
      nop
      lui t2,0xb000; sw zero,0x20(t2)
end:  beq zero,zero,end; nop
)";

struct Outcome {
  CauseTotals causes;
  uint64_t cycles = 0;
  std::vector<uint32_t> read;  // from the disk
};

Outcome run(const std::string& engine, uint64_t burst) {
  MachineConfig config = testing::standard_machine();
  config.timing_engine = engine;
  config.devices.push_back(testing::standard_device("disk", 0x10004000, std::nullopt));
  config.devices.back().params.numbers["burst"] = burst;
  RecordingTerminal terminal;
  Outcome outcome;
  const auto machine = Machine::create(config, terminal).value();
  machine->add_observer(outcome.causes);
  EXPECT_TRUE(machine->boot(bare_program(kProgram), {}));
  machine->run({.cycles = {10'000'000}});
  EXPECT_EQ(machine->outcome().reason(), ExitReason::kExit);
  outcome.cycles = machine->now().count;
  for (uint32_t at = 0xc000; at < 0xd000; at += 4)
    outcome.read.push_back(machine->bus().peek({at}, 4).value());
  return outcome;
}

class DiskTiming : public ::testing::TestWithParam<const char*> {};

TEST_P(DiskTiming, MovesTheBlocks) {
  const Outcome outcome = run(GetParam(), 16);
  for (uint32_t i = 0; i < 1024; ++i) ASSERT_EQ(outcome.read[i], 1024 - i);
}

INSTANTIATE_TEST_SUITE_P(Engines, DiskTiming, ::testing::Values("r3000", "pipeline", "ideal"));

// 1024 words each way; a processor that always loads waits for the greater part of each burst, and
// the longer the bursts, the less often it has to.
TEST(DiskTimingR3000, StealsCyclesAndTheStallsShowIt) {
  const Outcome long_bursts = run("r3000", 128);
  const Outcome short_bursts = run("r3000", 4);
  const uint64_t few = long_bursts.causes.of(StallCause::kBusContention);
  const uint64_t many = short_bursts.causes.of(StallCause::kBusContention);
  EXPECT_GT(few, 1024u);
  EXPECT_LT(few, 2 * 16 * 150u);
  EXPECT_GT(many, few);
}

TEST(DiskTimingR3000, BothEnginesGiveTheSameCycles) {
  const Outcome fast = run("r3000", 16);
  const Outcome slow = run("pipeline", 16);
  EXPECT_EQ(fast.cycles, slow.cycles);
  EXPECT_EQ(fast.causes.totals, slow.causes.totals);
}

TEST(DiskTimingR3000, TwoRunsAreTheSame) {
  EXPECT_EQ(run("r3000", 16).cycles, run("r3000", 16).cycles);
}

// 1 ms and a seek, then the rotation; 8 blocks of 463 us; twice.
TEST(DiskTimingR3000, TakesAsLongAsTheDiskDoes) {
  const double milliseconds = static_cast<double>(run("r3000", 16).cycles) / 25'000;
  EXPECT_GT(milliseconds, 2 * 3.7);
  EXPECT_LT(milliseconds, 2 * (1 + 16.7 + 3.8));
}

}  // namespace
}  // namespace exosim
