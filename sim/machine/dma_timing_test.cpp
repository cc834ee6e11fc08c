// DMA on a whole machine: bursts take the bus from the processor, whose stalls show it.
#include <gtest/gtest.h>

#include <algorithm>
#include <array>
#include <filesystem>
#include <string>
#include <string_view>

#include "isa/devices/dma.h"
#include "sim/machine/config/bus_sharing.hpp"
#include "sim/machine/config/load_config.hpp"
#include "sim/machine/testing/guest_run.hpp"
#include "sim/timing/bus_times.hpp"

namespace exosim {
namespace {

namespace fs = std::filesystem;

using testing::bare_program;
using testing::RecordingTerminal;

const fs::path kConfigs = EXOSIM_SOURCE_DIR "/configs";

/// Cycles by cause; execution is what is left of the clock.
class CauseTotals final : public Observer {
 public:
  void on_retired(Cycles, const StepCost& cost, const Retired&) override {
    for (const StallCounts& counts : cost.stalls)
      for (size_t cause = 0; cause < kStallCauses; ++cause) totals[cause] += counts[cause];
  }
  uint64_t of(StallCause cause) const { return totals[static_cast<size_t>(cause)]; }

  std::array<uint64_t, kStallCauses> totals{};
};

/// A descriptor at 0x8000 for 256 words from 0x9000 to 0xa000, then 40 uncached loads.
constexpr const char* kProgram = R"(
      lui s0,0xb000; ori s0,s0,0x2000   # the DMA engine
      lui s1,0xa000; ori s1,s1,0x8000
      ori t0,zero,0x9000; sw t0,0(s1)   # source
      ori t0,zero,0xa000; sw t0,4(s1)   # destination
      ori t0,zero,1024; sw t0,8(s1)     # length
      sw zero,12(s1); sw zero,16(s1); sw zero,20(s1); sw zero,24(s1)
      ori t0,zero,0x8000; sw t0,0(s0)   # RING
      ori t0,zero,1; sw t0,4(s0)        # ENTRIES
      sw t0,16(s0)                      # ENABLE
      sw t0,12(s0)                      # TAIL
      ori t1,zero,40
loop: lw t2,0(s1)
      addiu t1,t1,-1
      bne t1,zero,loop
      nop
      lui t2,0xb000; sw zero,0x20(t2)
end:  beq zero,zero,end; nop
)";

struct Outcome {
  CauseTotals causes;
  uint64_t cycles = 0;
  uint32_t result = 0;  // of the descriptor
};

MachineConfig machine_with_dma(const std::string& engine) {
  MachineConfig config = testing::standard_machine();
  config.timing_engine = engine;
  config.devices.push_back(testing::standard_device("dma", 0x10002000, std::nullopt));
  return config;
}

Outcome run(const std::string& engine, const std::string& program) {
  const MachineConfig config = machine_with_dma(engine);
  RecordingTerminal terminal;
  Outcome outcome;
  const auto machine = Machine::create(config, terminal).value();
  machine->add_observer(outcome.causes);
  EXPECT_TRUE(machine->boot(bare_program(program), {}));
  machine->run({.cycles = {100'000}});
  outcome.cycles = machine->now().count;
  outcome.result = machine->bus().peek({0x8000 + DMA_DESCRIPTOR_RESULT}, 4).value();
  return outcome;
}

std::string with(std::string program, std::string_view part, std::string_view replacement) {
  return program.replace(program.find(part), part.size(), replacement);
}

std::string without_dma() { return with(kProgram, "sw t0,12(s0) ", "sw t0,16(s0) "); }

/// The loads are cached ones from the destination, each of another block; so many instructions
/// later.
std::string with_first_loads(int later) {
  std::string before = "ori t1,zero,40; lui s2,0x8000; ori s2,s2,0xa000";
  for (; later > 0; --later) before += "; nop";
  const std::string program = with(kProgram, "ori t1,zero,40", before);
  return with(program, "lw t2,0(s1)", "lw t2,0(s2); addiu s2,s2,16");
}

class DmaTiming : public ::testing::TestWithParam<const char*> {};

TEST_P(DmaTiming, StealsCyclesAndTheStallsShowIt) {
  const Outcome quiet = run(GetParam(), without_dma());
  const Outcome busy = run(GetParam(), kProgram);
  EXPECT_EQ(quiet.result, uint32_t{DMA_RESULT_PENDING});
  EXPECT_EQ(busy.result, uint32_t{DMA_RESULT_DONE});
  EXPECT_EQ(quiet.causes.of(StallCause::kBusContention), 0u);
  // Descriptor, four bursts of 64 words read and written, result: 19 + 4 (75 + 68) + 6 cycles.
  const uint64_t stolen = busy.causes.of(StallCause::kBusContention);
  EXPECT_LE(stolen, 597u);
  EXPECT_GT(stolen, 500u);  // but for the gaps and the first loads, the processor waits for all
  // A load that waits for a burst no longer waits for a write that ends meanwhile.
  const uint64_t spared =
      quiet.causes.of(StallCause::kWriteBuffer) - busy.causes.of(StallCause::kWriteBuffer);
  EXPECT_EQ(busy.cycles - quiet.cycles, stolen - spared);
}

// A burst in the very step of the load comes after it: what it has used was memory's word.
TEST_P(DmaTiming, LoadThatMissesDoesNotUseAStaleWord) {
  GuestBugSet bugs;
  bugs.set(static_cast<size_t>(GuestBug::kStaleWord));
  for (int later = 0; later < 32; ++later) {
    const testing::GuestRun guest(
        with_first_loads(later),
        {.limits = {.cycles = {100'000}}, .config = machine_with_dma(GetParam()), .stop_on = bugs});
    EXPECT_NE(guest.reason(), ExitReason::kGuestBug) << later << ": " << guest.detail();
    EXPECT_EQ(guest.machine->bus().peek({0x8000 + DMA_DESCRIPTOR_RESULT}, 4),
              uint32_t{DMA_RESULT_DONE});
  }
}

/// kProgram with one transfer of 8 KiB, from the PROM to RAM or between registers of the timer.
std::string with_transfer(bool from_device) {
  const std::string source = from_device ? "lui t0,0x1000; ori t0,t0,0x1000" : "lui t0,0x1fc0";
  const std::string flags = from_device ? "ori t0,zero,6; sw t0,12(s1)" : "sw zero,12(s1)";
  std::string program = with(kProgram, "ori t0,zero,0x9000", source);
  if (from_device) program = with(program, "ori t0,zero,0xa000", "lui t0,0x1000; ori t0,t0,0x1014");
  program = with(program, "ori t0,zero,1024;", "ori t0,zero,0x2000;");
  program = with(program, "ori t1,zero,40", "ori t1,zero,0x7fff");
  return with(program, "sw zero,12(s1)", flags);
}

/// The longest step once the loop is in the cache: each has one access to the bus at most.
uint64_t longest_step(const MachineConfig& config, const std::string& program) {
  class Longest final : public Observer {
   public:
    void on_retired(Cycles begin, const StepCost& cost, const Retired&) override {
      if ((begin + cost.total).count > 5'000) cycles = std::max(cycles, cost.total.count);
    }
    uint64_t cycles = 0;
  } longest;
  RecordingTerminal terminal;
  const auto machine = Machine::create(config, terminal).value();
  machine->add_observer(longest);
  EXPECT_TRUE(machine->boot(bare_program(program), {}));
  machine->run({.cycles = {150'000}});
  EXPECT_EQ(machine->bus().peek({0x8000 + DMA_DESCRIPTOR_RESULT}, 4), uint32_t{DMA_RESULT_DONE});
  return longest.cycles;
}

// The processor waits for a burst, for refreshes behind it, for a write of its own that has begun;
// then for its own read. More is a second burst.
TEST_P(DmaTiming, OnNoMachineOneAccessWaitsForTwoBursts) {
  for (const fs::directory_entry& file : fs::directory_iterator(kConfigs)) {
    if (file.path().extension() != ".yaml" || file.path().stem() == "ideal") continue;
    MachineConfig config = load_config(file.path()).value().machine;
    config.timing_engine = GetParam();
    const TimingConfig timing = whole_timing(config, Registry<DeviceType>::all());
    const BusTimes times(timing);
    const uint64_t prom = 64 * config.prom_read_cycles;
    const uint64_t device = 64 * config.devices.front().read_cycles;
    const uint64_t own = timing.memory.read.of(4) + timing.memory.write_other_page;
    EXPECT_LE(longest_step(config, with_transfer(false)), prom + times.refreshes_behind(prom) + own)
        << file.path();
    EXPECT_LE(longest_step(config, with_transfer(true)),
              device + times.refreshes_behind(device) + own)
        << file.path();
  }
}

// What load_config() refuses does what it is refused for.
TEST_P(DmaTiming, TheGapMustBeLongerThanTheRefreshesBehindABurst) {
  MachineConfig config = load_config(kConfigs / "dec5000-125.yaml").value().machine;
  config.timing_engine = GetParam();
  config.devices[2].params.numbers["gap"] = 16;
  EXPECT_GT(longest_step(config, with_transfer(false)), 64u * 26 + 64u * 2);
  EXPECT_GT(longest_step(config, with_transfer(true)), 64u * 18 + 64u * 12);
}

INSTANTIATE_TEST_SUITE_P(Engines, DmaTiming, ::testing::Values("r3000", "pipeline"));

TEST(DmaTimingIdeal, NobodyWaits) {
  EXPECT_EQ(run("ideal", kProgram).cycles, run("ideal", without_dma()).cycles);
  EXPECT_EQ(run("ideal", kProgram).result, uint32_t{DMA_RESULT_PENDING});  // too fast for it
}

}  // namespace
}  // namespace exosim
