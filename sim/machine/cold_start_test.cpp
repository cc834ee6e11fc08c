// Cold operations: what is emptied, when again, and what it costs, to the cycle.
#include "sim/machine/cold_start.hpp"

#include <gmock/gmock.h>
#include <gtest/gtest.h>

#include <memory>
#include <string>
#include <utility>

#include "isa/machine/memory_map.h"
#include "isa/machine/registers.h"
#include "sim/bus/ram.hpp"
#include "sim/machine/machine.hpp"
#include "sim/machine/testing/bare_program.hpp"
#include "sim/observe/ledger/ledger.hpp"
#include "sim/observe/testing/steps.hpp"

namespace exosim {
namespace {

using testing::add_program;
using testing::bare_program;
using testing::kKernelCode;
using testing::kUserCode;
using testing::not_fetched;
using testing::RecordingTerminal;
using testing::step_at;
using testing::with_exception;

constexpr auto kBegin = Marker::Kind::kOpBegin;
constexpr auto kBeginCold = Marker::Kind::kOpBeginCold;
constexpr auto kEnd = Marker::Kind::kOpEnd;
constexpr uint32_t kPhys = 0x10000;
constexpr uint32_t kAsid = 5;

/// A processor that stands still, between a kernel and a program that both begin cold.
class ColdStartTest : public ::testing::Test {
 protected:
  ColdStartTest() {
    add_program(code_, "aegis.elf", kKernelCode, 0,
                {{kBeginCold, kKernelCode + 0x10, "call"}, {kBegin, kKernelCode + 0x20, "warm"}});
    add_program(code_, "app.elf", kUserCode, kPhys, {{kBeginCold, kUserCode + 4, "fault"}});
    cold_.add_marked(code_);
    cpu_.state().cp0.entry_hi = kAsid << ENTRYHI_ASID_SHIFT;
    cpu_.state().cp0.status = 0;
    map(RANDOM_LOW, kUserCode, kPhys);
  }

  void map(unsigned index, uint32_t virt, uint32_t phys) {
    cpu_.state().tlb.write(index, {virt | kAsid << ENTRYHI_ASID_SHIFT, phys | ENTRYLO_V});
  }
  /// Whether the operation at the address begins cold with a step that ends so.
  bool begins_cold(const Retired& step) {
    if (step.pc.value < KSEG0_BASE) map(RANDOM_LOW, kUserCode, kPhys);
    cpu_.set_pc(step.pc);
    const bool begins = cold_.prepare(cpu_, bus_).has_value();
    cold_.finish(step);
    return begins;
  }

  Ram ram_{1u << 20, Random(1)};
  Bus bus_{ram_};
  InterruptPins pins_;
  Cpu cpu_{bus_, pins_, {}, Random(1)};
  CodeMap code_;
  ColdStart cold_;
};

const Retired kKernelStep = step_at(kKernelCode + 0x10, 0x10, kAsid);
const Retired kUserStep = step_at(kUserCode + 4, kPhys + 4, kAsid);
const Retired kUserMiss = not_fetched(kUserCode + 4, EXC_TLBL, true, kAsid);

TEST_F(ColdStartTest, EmptiesBothCachesAndAllButTheWiredEntries) {
  map(RANDOM_LOW - 1, kUserCode + 0x1000, kPhys);
  map(TLB_ENTRIES - 1, kUserCode + 0x2000, kPhys);
  cpu_.instruction_cache().fill({0x10}, 1);
  cpu_.data_cache().fill({0x20}, 1);
  const CpuState before = cpu_.state();
  cpu_.set_pc(kKernelStep.pc);
  EXPECT_EQ(cold_.prepare(cpu_, bus_), PhysAddr{0x10});
  EXPECT_FALSE(cpu_.instruction_cache().holds({0x10}));
  EXPECT_FALSE(cpu_.data_cache().holds({0x20}));
  const uint32_t asid = kAsid << ENTRYHI_ASID_SHIFT;
  const CpuState& after = std::as_const(cpu_).state();
  EXPECT_TRUE(after.tlb.find((kUserCode + 0x1000) | asid));
  EXPECT_FALSE(after.tlb.find(kUserCode | asid));
  EXPECT_FALSE(after.tlb.find((kUserCode + 0x2000) | asid));
  EXPECT_EQ(after.gpr, before.gpr);
  EXPECT_EQ(after.cp0.entry_hi, before.cp0.entry_hi);
  EXPECT_EQ(after.cp0.status, before.cp0.status);
}

TEST_F(ColdStartTest, OtherPlacesStayWarm) {
  EXPECT_FALSE(begins_cold(step_at(kKernelCode + 0x20, 0x20, kAsid)));
  EXPECT_FALSE(begins_cold(step_at(kKernelCode + 0x14, 0x14, kAsid)));
  EXPECT_TRUE(std::as_const(cpu_).state().tlb.find(kUserCode | kAsid << ENTRYHI_ASID_SHIFT));
}

TEST_F(ColdStartTest, AnotherProgramAtTheSameVirtualAddressStaysWarm) {
  map(RANDOM_LOW, kUserCode, 2 * kPhys);
  cpu_.set_pc(kUserStep.pc);
  EXPECT_FALSE(cold_.prepare(cpu_, bus_));
  map(RANDOM_LOW, kUserCode + 0x5000, kPhys);  // not mapped at all
  EXPECT_FALSE(cold_.prepare(cpu_, bus_));
  map(RANDOM_LOW, kUserCode, kPhys);
  EXPECT_TRUE(cold_.prepare(cpu_, bus_));
}

TEST_F(ColdStartTest, EachTimeAnew) {
  for (int times = 0; times < 3; ++times) {
    EXPECT_TRUE(begins_cold(kKernelStep));
    EXPECT_TRUE(begins_cold(kUserStep));
  }
}

TEST_F(ColdStartTest, OnceForAnInstructionThatMissesAndIsRestarted) {
  EXPECT_TRUE(begins_cold(kUserMiss));
  EXPECT_FALSE(begins_cold(with_exception(kUserStep, EXC_TLBL, true)));
  EXPECT_FALSE(begins_cold(kUserStep));
  EXPECT_TRUE(begins_cold(kUserStep));
}

TEST_F(ColdStartTest, AgainAfterAnInterruptBeforeTheInstruction) {
  const Retired interrupt = not_fetched(kUserCode + 4, EXC_INT, false, kAsid);
  EXPECT_TRUE(begins_cold(interrupt));
  EXPECT_TRUE(begins_cold(kUserMiss));
  EXPECT_FALSE(begins_cold(interrupt));
  EXPECT_TRUE(begins_cold(kUserStep));
}

TEST_F(ColdStartTest, HandlerBeginsColdOnceForEachInstructionThatMissed) {
  const Retired fetch = not_fetched(kUserCode + 0x40, EXC_TLBL, true, kAsid);
  const Retired step = step_at(kUserCode + 0x40, kPhys + 0x40, kAsid);
  for (int times = 0; times < 2; ++times) {
    EXPECT_FALSE(begins_cold(fetch));
    EXPECT_TRUE(begins_cold(kKernelStep));
    EXPECT_FALSE(begins_cold(with_exception(step, EXC_TLBL, true)));
    EXPECT_FALSE(begins_cold(kKernelStep));
    EXPECT_FALSE(begins_cold(step));
  }
}

TEST_F(ColdStartTest, AnotherSpacesMissesDoNotCount) {
  EXPECT_FALSE(begins_cold(not_fetched(kUserCode + 0x40, EXC_TLBL, true, kAsid)));
  EXPECT_TRUE(begins_cold(kKernelStep));
  EXPECT_FALSE(begins_cold(kKernelStep));
  cpu_.state().cp0.entry_hi = (kAsid + 1) << ENTRYHI_ASID_SHIFT;
  EXPECT_TRUE(begins_cold(kKernelStep));
}

TEST_F(ColdStartTest, RefusesUnknownNamesWithTheNearest) {
  EXPECT_TRUE(cold_.add(code_, "warm"));
  EXPECT_TRUE(begins_cold(step_at(kKernelCode + 0x20, 0x20, kAsid)));
  const auto refused = cold_.add(code_, "wram");
  ASSERT_FALSE(refused);
  EXPECT_EQ(refused.error().text(),
            "--cold: no operation \"wram\" in the images; did you mean \"warm\"? (one of: call, "
            "fault, warm)");
  EXPECT_THAT(ColdStart().add({}, "call").error().text(), ::testing::HasSubstr("declare none"));
  for (const char* text : {"", ",", "call,", ",call", "call,,warm"})
    EXPECT_EQ(cold_.add(code_, text).error().text(),
              "--cold: expected the name of an operation, got none")
        << text;
}

/// A processor in a kernel whose operations have names with commas.
class ColdNames : public ColdStartTest {
 protected:
  ColdNames() {
    add_program(code_, "names.elf", kKernelCode + 0x4000, 0x4000,
                {{kBegin, kKernelCode + 0x4000, "copy"},
                 {kBegin, kKernelCode + 0x4010, "copy, long"},
                 {kBegin, kKernelCode + 0x4020, "copy, long,warm"}});
  }
  /// Which of the three and of "warm" begin cold.
  std::string begin(const char* operations) {
    ColdStart cold;
    EXPECT_TRUE(cold.add(code_, operations));
    std::string text;
    for (const uint32_t offset : {0x4000u, 0x4010u, 0x4020u, 0x20u}) {
      cpu_.set_pc({kKernelCode + offset});
      text += cold.prepare(cpu_, bus_) ? 'c' : '-';
      cold.finish(step_at(kKernelCode + offset, offset, kAsid));
    }
    return text;
  }
};

TEST_F(ColdNames, AreThoseBetweenCommas) { EXPECT_EQ(begin("warm,copy"), "c--c"); }

TEST_F(ColdNames, MayHaveACommaThemselves) {
  EXPECT_EQ(begin("copy, long"), "-c--");
  EXPECT_EQ(begin("warm,copy, long"), "-c-c");
  EXPECT_EQ(begin("copy, long,copy"), "cc--");
}

TEST_F(ColdNames, TheLongestCounts) { EXPECT_EQ(begin("copy, long,warm"), "--c-"); }

TEST_F(ColdNames, APartOfANameIsNone) {
  EXPECT_FALSE(ColdStart().add(code_, "copy, lon"));
  EXPECT_FALSE(ColdStart().add(code_, "copy, longer"));
}

/// Refills of 15 cycles, no micro-TLB; all else costs what its instructions do.
MachineConfig small_machine() {
  MachineConfig config = testing::standard_machine();
  config.timing_engine = "r3000";
  config.instruction_cache = {.bytes = 4096, .refill_words = 4};
  config.data_cache = config.instruction_cache;
  config.timing.memory.read = {.first = 12, .next = 1};
  config.timing.exception = 3;
  config.timing.micro_tlb_entries = 0;
  return config;
}

constexpr uint64_t kRefill = 15;

/// The first row of operations after a run to its exit.
class ColdRun {
 public:
  ColdRun(const Image& kernel, const std::vector<Image>& modules,
          const std::vector<std::string>& cold = {},
          const MachineConfig& config = small_machine()) {
    machine_ = Machine::create(config, terminal_).value();
    EXPECT_TRUE(machine_->boot(kernel, modules));
    EXPECT_TRUE(machine_->begin_cold(cold));
    // For the handler below: from virtual to physical.
    for (const auto& [phys, range] : machine_->code_map().ranges())
      if (range.virt < KSEG0_BASE) machine_->cpu().state().gpr[REG_S0] = range.phys - range.virt;
    const auto ledger = Ledger::create(machine_->code_map()).value();
    machine_->add_observer(*ledger);
    machine_->run({.cycles = {20'000}});
    EXPECT_EQ(machine_->outcome().reason(), ExitReason::kExit);
    const auto rows = ledger->operations().rows();
    EXPECT_EQ(rows.size(), 1u);
    if (!rows.empty()) row = rows[0];
    EXPECT_EQ(row.table.sum(), row.cycles.total);
  }

  OperationRow row;

 private:
  RecordingTerminal terminal_;
  std::unique_ptr<Machine> machine_;
};

uint64_t cycles_by(const OperationRow& row, StallCause cause) {
  return row.table.causes().cycles[1 + static_cast<size_t>(cause)];
}

/// Three times 8 instructions in two blocks, from 0x80001010, with one load.
Image kernel_loop(Marker::Kind begin) {
  Image image = bare_program(R"(
    lui t4,0x8000; addiu t2,zero,3; nop; nop
    loop: addiu t2,t2,-1; lw t3,0x3000(t4); nop; nop
    nop; nop; nop; nop
    bne t2,zero,loop; nop
    lui t0,0xb000; sw zero,0x20(t0)
  )");
  image.info.markers = {{begin, 0x80001010, "op"}, {kEnd, 0x80001030, "op"}};
  return image;
}

TEST(ColdOperation, OfTheKernelRefillsAllThatItUses) {
  const OperationRow warm = ColdRun(kernel_loop(kBegin), {}).row;
  EXPECT_EQ(warm.count, 3u);
  EXPECT_EQ(warm.cold, 0u);
  EXPECT_EQ(warm.cycles.min, 8u);
  EXPECT_EQ(warm.cycles.median, 8u);
  EXPECT_EQ(warm.cycles.max, 8u + 3 * kRefill) << "nothing was in the caches before";
  for (const bool by_option : {false, true}) {
    const OperationRow cold = by_option ? ColdRun(kernel_loop(kBegin), {}, {"op"}).row
                                        : ColdRun(kernel_loop(kBeginCold), {}).row;
    EXPECT_EQ(cold.count, 3u);
    EXPECT_EQ(cold.cold, 3u);
    EXPECT_EQ(cold.cycles.min, 8u + 3 * kRefill);
    EXPECT_EQ(cold.cycles.max, 8u + 3 * kRefill);
    EXPECT_EQ(cold.instructions.max, 8u);
    EXPECT_EQ(cycles_by(cold, StallCause::kInstructionCache), 3 * 2 * kRefill);
    EXPECT_EQ(cycles_by(cold, StallCause::kDataCache), 3 * kRefill);
  }
}

/// A kernel that maps what misses, in 13 instructions in four blocks, and enters the program.
Image mapping_kernel() {
  std::string source = R"(
    mfc0 k0,c0_entryhi; nop; srl k0,k0,12; sll k0,k0,12
    addu k0,k0,s0; ori k0,k0,0x700; mtc0 k0,c0_entrylo; nop
    tlbwr; mfc0 k1,c0_epc; nop; jr k1
    rfe
  )";
  for (int word = 13; word < 64; ++word) source += "nop\n";
  Image image = bare_program(source + "lui t0,0x0040; jr t0; nop", 0x80000000);
  image.entry = 0x80000100;
  return image;
}
constexpr uint64_t kHandler = 13;
constexpr uint64_t kHandlerBlocks = 4;

/// Three times 4 instructions in a block, from 0x00400010.
Image program_loop(Marker::Kind begin) {
  Image image = bare_program(R"(
    addiu t2,zero,3; nop; nop; nop
    loop: addiu t2,t2,-1; nop; nop; nop
    bne t2,zero,loop; nop
    lui t0,0xb000; sw zero,0x20(t0)
  )",
                             0x00400000);
  image.info.markers = {{begin, 0x00400010, "op"}, {kEnd, 0x00400020, "op"}};
  return image;
}

TEST(ColdOperation, OfAProgramHasTheMissOfItsFirstFetch) {
  const OperationRow warm = ColdRun(mapping_kernel(), {program_loop(kBegin)}).row;
  EXPECT_EQ(warm.cycles.median, 4u);
  EXPECT_EQ(warm.cycles.max, 4u + kRefill);
  const OperationRow cold = ColdRun(mapping_kernel(), {program_loop(kBeginCold)}).row;
  EXPECT_EQ(cold.count, 3u);
  EXPECT_EQ(cold.cold, 3u);
  EXPECT_EQ(cold.instructions.min, kHandler + 4);
  const uint64_t miss = 1 + 3;  // the step that misses and the slots that its exception empties
  EXPECT_EQ(cold.cycles.min, miss + kHandler + kHandlerBlocks * kRefill + 4 + kRefill);
  EXPECT_EQ(cold.cycles.max, cold.cycles.min);
  EXPECT_EQ(cycles_by(cold, StallCause::kInstructionCache), 3 * (kHandlerBlocks + 1) * kRefill);
}

/// A kernel that wires the program's page and enters it: there are no misses of the TLB.
Image wiring_kernel() {
  std::string source;
  for (int word = 0; word < 64; ++word) source += "nop\n";
  Image image = bare_program(source + R"(
    lui t0,0x0040; mtc0 t0,c0_entryhi; addu t1,t0,s0; ori t1,t1,0x700
    mtc0 t1,c0_entrylo; mtc0 zero,c0_index; nop; tlbwi
    jr t0; nop
  )",
                             0x80000000);
  image.entry = 0x80000100;
  return image;
}

TEST(ColdOperation, OfAWiredPageMissesTheMicroTlb) {
  MachineConfig config = small_machine();
  config.timing.micro_tlb_entries = 2;
  config.timing.micro_tlb_miss = 5;
  for (const char* engine : {"r3000", "pipeline"}) {
    config.timing_engine = engine;
    const OperationRow warm = ColdRun(wiring_kernel(), {program_loop(kBegin)}, {}, config).row;
    EXPECT_EQ(warm.cycles.min, 4u);
    EXPECT_EQ(cycles_by(warm, StallCause::kMicroTlb), 0u) << "missed before the operation";
    const OperationRow cold = ColdRun(wiring_kernel(), {program_loop(kBeginCold)}, {}, config).row;
    EXPECT_EQ(cold.cycles.min, 5 + kRefill + 4);
    EXPECT_EQ(cycles_by(cold, StallCause::kMicroTlb), 3 * 5);
  }
}

TEST(ColdOperation, OfTheMissHandlerLetsTheProgramGetOn) {
  // In each turn a branch, its delay slot and that one's operand, on three pages.
  std::string source = "lui t1,0x0040; addiu t2,zero,3; b: j last; nop\n";
  for (int word = 4; word < 1022; ++word) source += "nop\n";
  source += R"(
    last: addiu t2,t2,-1
    bne t2,zero,last
    lw t3,0x2000(t1)
    lui t0,0xb000; sw zero,0x20(t0)
  )";
  Image kernel = mapping_kernel();
  kernel.info.markers = {{kBegin, 0x80000000, "refill"}, {kEnd, 0x8000002c, "refill"}};
  const Image program = bare_program(source, 0x00400000);
  const OperationRow warm = ColdRun(kernel, {program}).row;
  EXPECT_EQ(warm.count, 3u) << "one for each page";
  const OperationRow cold = ColdRun(kernel, {program}, {"refill"}).row;
  EXPECT_EQ(cold.cold, 2u)
      << "for the first fetch; for the delay slot, which then has all it needs";
  EXPECT_EQ(cold.count, 4u) << "the branch has missed again";
}

TEST(ColdOperation, CostsNothingWhereNothingIsCold) {
  const auto cycles = [](Marker::Kind kind, bool marked) {
    RecordingTerminal terminal;
    auto machine = Machine::create(small_machine(), terminal).value();
    Image image = kernel_loop(kind);
    if (!marked) image.info.markers.clear();
    EXPECT_TRUE(machine->boot(image, {}));
    machine->run({.cycles = {20'000}});
    return machine->now();
  };
  EXPECT_EQ(cycles(kBegin, true), cycles(kBegin, false));
  EXPECT_EQ(cycles(kBeginCold, true), cycles(kBegin, true) + Cycles{2 * 4 * kRefill})
      << "with the block behind END";
}

}  // namespace
}  // namespace exosim
