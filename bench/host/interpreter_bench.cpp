// Speed of the interpreter. items_per_second is guest instructions per second of host time.
#include <benchmark/benchmark.h>

#include <cstdint>
#include <cstring>
#include <memory>

#include "bench/host/integer_loop.hpp"
#include "isa/assembler.hpp"
#include "isa/machine/cp0.h"
#include "isa/machine/memory_map.h"
#include "sim/base/random.hpp"
#include "sim/bus/bus.hpp"
#include "sim/bus/interrupts.hpp"
#include "sim/bus/ram.hpp"
#include "sim/cpu/cpu.hpp"
#include "sim/machine/machine.hpp"
#include "sim/machine/testing/bare_program.hpp"
#include "sim/observe/run_figures.hpp"

namespace exosim {
namespace {

constexpr uint64_t kInstructionsPerIteration = 100'000;

/// Cpu::step() alone: no clock, no timing, no observers.
void BM_CpuStep(benchmark::State& state) {
  Ram ram(1 << 20, Random(1));
  Bus bus(ram);
  InterruptPins pins;
  Cpu cpu(bus, pins, CpuModel{.prid = PRID_R3000A}, Random(2));
  const auto words = isa::assemble_program(kIntegerLoop, kIntegerLoopBase);
  if (!words) return state.SkipWithError("the loop does not assemble");
  std::memcpy(&ram.bytes()[kIntegerLoopBase & KSEG_MASK], words->data(), words->size() * 4);
  cpu.state().cp0.status = 0;
  cpu.set_pc({kIntegerLoopBase});
  for ([[maybe_unused]] auto _ : state) {
    for (uint64_t i = 0; i < kInstructionsPerIteration; ++i) benchmark::DoNotOptimize(&cpu.step());
  }
  state.SetItemsProcessed(static_cast<int64_t>(cpu.instructions()));
}
BENCHMARK(BM_CpuStep);

enum class Figures : uint8_t { kOff, kOn };

/// The whole machine with the standard devices, as `exosim --quiet loop.elf` runs it, under a
/// timing engine; with figures as `exosim loop.elf` does.
void BM_MachineRun(benchmark::State& state, const char* engine, Figures figures = Figures::kOff) {
  testing::RecordingTerminal terminal;
  MachineConfig config = testing::standard_machine();
  config.timing_engine = engine;
  auto machine = Machine::create(config, terminal);
  const Image loop = testing::bare_program(kIntegerLoop, kIntegerLoopBase);
  if (!machine || !(*machine)->boot(loop, {}))
    return state.SkipWithError("the machine does not boot");
  const auto observer = RunFigures::create((*machine)->code_map()).value();
  if (figures == Figures::kOn) (*machine)->add_observer(*observer);
  uint64_t instructions = 0;
  for ([[maybe_unused]] auto _ : state) {
    instructions += kInstructionsPerIteration;
    (*machine)->run_steps({}, kInstructionsPerIteration);
  }
  state.SetItemsProcessed(static_cast<int64_t>(instructions));
}
BENCHMARK_CAPTURE(BM_MachineRun, ideal, "ideal");
BENCHMARK_CAPTURE(BM_MachineRun, r3000, "r3000");
BENCHMARK_CAPTURE(BM_MachineRun, r3000_figures, "r3000", Figures::kOn);
BENCHMARK_CAPTURE(BM_MachineRun, pipeline, "pipeline");

}  // namespace
}  // namespace exosim
