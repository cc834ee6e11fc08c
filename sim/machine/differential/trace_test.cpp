// A program that takes no interrupt and reads no clock has one architectural trace, whatever the
// timing engine, the caches and the processor's clock. Engines are covered once they register.
#include <fmt/format.h>
#include <gtest/gtest.h>

#include <algorithm>
#include <array>
#include <filesystem>
#include <memory>
#include <string>
#include <vector>

#include "sim/base/log.hpp"
#include "sim/base/registry.hpp"
#include "sim/machine/differential/batch.hpp"
#include "sim/machine/differential/executable.hpp"
#include "sim/machine/differential/privileged/privileged_image.hpp"
#include "sim/machine/loader/image.hpp"
#include "sim/machine/machine.hpp"
#include "sim/machine/testing/bare_program.hpp"
#include "sim/timing/timing_model.hpp"

namespace exosim::differential {
namespace {

/// What of a step is architecture.
struct TraceStep {
  uint32_t pc = 0, word = 0;
  uint8_t destination = 0;
  uint32_t result = 0;
  DataAccess::Kind access = DataAccess::Kind::kNone;
  uint8_t width = 0;
  uint32_t address = 0, phys = 0, value = 0;
  uint8_t float_registers = 0, float_first = 0;
  uint64_t float_value = 0;
  bool exception = false;
  uint8_t code = 0;
  uint32_t vector = 0, epc = 0, bad_address = 0;

  bool operator==(const TraceStep&) const = default;
};

TraceStep architecture_of(const Retired& step) {
  TraceStep to{.pc = step.pc.value, .word = step.word.bits, .destination = step.dest};
  if (step.dest != 0) to.result = step.dest_value;
  if (step.data.kind != DataAccess::Kind::kNone) {
    to.access = step.data.kind;
    to.width = step.data.width;
    to.address = step.data.virt.value;
    to.phys = step.data.phys.value;
    to.value = step.data.value;
  }
  if (step.is_float() && step.float_write.registers != 0) {
    to.float_registers = step.float_write.registers;
    to.float_first = step.float_write.first;
    to.float_value = step.float_write.value;
  }
  if (step.exception.taken) {
    to.exception = true;
    to.code = step.exception.code;
    to.vector = step.exception.vector.value;
    to.epc = step.exception.epc.value;
    to.bad_address = step.exception.bad_address.value;
  }
  return to;
}

std::string text_of(const TraceStep& step) {
  return fmt::format(
      "{:08x}: {:08x} r{}={:08x}, access {}.{} {:08x} ({:08x}) {:08x}, exception {} "
      "{} {:08x} {:08x} {:08x}",
      step.pc, step.word, step.destination, step.result, static_cast<int>(step.access), step.width,
      step.address, step.phys, step.value, step.exception, step.code, step.vector, step.epc,
      step.bad_address);
}

/// Keeps a trace, or compares with one that is kept.
class TraceObserver final : public Observer {
 public:
  explicit TraceObserver(const std::vector<TraceStep>* expected) : expected_(expected) {}

  void on_retired(Cycles, const StepCost&, const Retired& retired) override {
    refills_ += retired.fetch_refill + retired.data.refill;
    const TraceStep step = architecture_of(retired);
    if (expected_ == nullptr) {
      kept_.push_back(step);
    } else if (difference_.empty()) {
      compare(step);
    }
    ++steps_;
  }

  std::vector<TraceStep> kept() && { return std::move(kept_); }
  uint64_t refills() const { return refills_; }
  /// The first one; empty if there is none.
  std::string difference() const {
    if (difference_.empty() && expected_ != nullptr && steps_ != expected_->size())
      return fmt::format("{} steps, not {}", steps_, expected_->size());
    return difference_;
  }

 private:
  void compare(const TraceStep& step) {
    const bool beyond = steps_ >= expected_->size();
    if (!beyond && step == (*expected_)[steps_]) return;
    difference_ = fmt::format("step {}:\n{}\ninstead of\n{}", steps_, text_of(step),
                              beyond ? "the end" : text_of((*expected_)[steps_]));
  }

  const std::vector<TraceStep>* expected_;
  std::vector<TraceStep> kept_;
  std::string difference_;
  uint64_t refills_ = 0;
  size_t steps_ = 0;
};

struct NamedCaches {
  std::string_view name;
  CacheGeometry instruction, data;
};

constexpr CacheGeometry kNone{.bytes = 0, .refill_words = 1};
constexpr CacheGeometry kSmall{.bytes = 4u << 10, .refill_words = 1};
constexpr CacheGeometry kUsual{.bytes = 64u << 10, .refill_words = 4};
constexpr CacheGeometry kLarge{.bytes = 256u << 10, .refill_words = 32};

constexpr std::array<NamedCaches, 5> kCaches = {{{"no caches", kNone, kNone},
                                                 {"4 KiB, 1 word", kSmall, kSmall},
                                                 {"64 KiB, 4 words", kUsual, kUsual},
                                                 {"256 KiB, 32 words", kLarge, kLarge},
                                                 {"4 KiB and 256 KiB", kSmall, kLarge}}};
constexpr std::array<uint64_t, 2> kClocks = {12'500'000, 33'000'000};

struct NamedMachine {
  std::string name;
  MachineConfig config;
};

constexpr uint32_t kSmallRam = 2u << 20;
constexpr uint32_t kLargeRam = 32u << 20;

MachineConfig machine_with(const NamedCaches& caches, uint32_t ram_bytes) {
  MachineConfig config = exosim::testing::standard_machine();
  config.ram_bytes = ram_bytes;
  config.instruction_cache = caches.instruction;
  config.data_cache = caches.data;
  return config;
}

/// Every timing engine with every kind of caches and clock.
std::vector<NamedMachine> all_machines(uint32_t ram_bytes) {
  std::vector<NamedMachine> machines;
  for (const auto& [engine, unused] : Registry<TimingEngine>::all())
    for (const NamedCaches& caches : kCaches)
      for (const uint64_t clock : kClocks) {
        MachineConfig config = machine_with(caches, ram_bytes);
        config.timing_engine = engine;
        config.clock_hz = clock;
        machines.push_back({fmt::format("{}, {}, {} Hz", engine, caches.name, clock), config});
      }
  return machines;
}

/// Runs an image to its end, which must be its own.
TraceObserver run(const MachineConfig& config, const Image& image,
                  const std::vector<TraceStep>* expected) {
  TraceObserver trace(expected);
  exosim::testing::RecordingTerminal terminal;
  const auto machine = Machine::create(config, terminal).value();
  machine->add_observer(trace);
  EXPECT_TRUE(machine->boot(image, {}));
  set_log_level("error");  // of what images do on purpose there are warnings
  machine->run({.cycles = {1'000'000'000}, .instructions = 100'000'000});
  set_log_level("warn");
  EXPECT_EQ(machine->outcome().reason(), ExitReason::kExit) << machine->outcome().detail();
  EXPECT_EQ(machine->outcome().status(), 0u);
  return trace;
}

/// Runs an image on every machine; the trace of the first is that of all.
void expect_one_trace(const Image& image, uint32_t ram_bytes) {
  ASSERT_FALSE(image.segments.empty());
  std::vector<TraceStep> expected;
  for (const NamedMachine& machine : all_machines(ram_bytes)) {
    SCOPED_TRACE(machine.name);
    const bool first = expected.empty();
    TraceObserver trace = run(machine.config, image, first ? nullptr : &expected);
    ASSERT_EQ(trace.difference(), "");
    // The machines do differ.
    EXPECT_EQ(trace.refills() > 0, machine.config.instruction_cache.bytes > 0);
    if (first) expected = std::move(trace).kept();
  }
}

Image image_of(const std::vector<MemoryPiece>& pieces, uint32_t entry) {
  auto image = parse_image(make_elf(pieces, entry), "test");
  EXPECT_TRUE(image) << image.error().text();
  return image ? std::move(*image) : Image{};
}

TEST(Trace, OfRandomProgramsIsTheSameUnderEveryTiming) {
  const Batch batch(1, 200, BatchHost::kBare);
  expect_one_trace(image_of(batch.pieces(), batch.entry()), kLargeRam);
}

TEST(Trace, OfPrivilegedSequencesIsTheSameUnderEveryTiming) {
  const PrivilegedImage image = make_privileged_image(1, 200);
  expect_one_trace(image_of(image.pieces, image.entry), kLargeRam);
}

/// Guest tests of the processor that take no interrupt and read neither the timer nor Random, and
/// whose question is not the caches.
bool is_of_the_processor(const std::string& name) {
  constexpr std::array<std::string_view, 11> kBegins = {
      "isa_alu",  "isa_branch", "isa_exception", "isa_fpu",      "isa_gxemul",   "isa_jump",
      "isa_load", "isa_mul",    "isa_tlb",       "isa_segments", "isa_unaligned"};
  constexpr std::array<std::string_view, 3> kTimeOrCaches = {"interrupt", "random", "stored_code"};
  const auto contains = [&](std::string_view part) { return name.find(part) != name.npos; };
  const auto begins = [&](std::string_view part) { return name.starts_with(part); };
  return name.ends_with(".elf") && std::any_of(kBegins.begin(), kBegins.end(), begins) &&
         std::none_of(kTimeOrCaches.begin(), kTimeOrCaches.end(), contains);
}

const std::filesystem::path kIsaTests = EXOSIM_SOURCE_DIR "/isa/tests";

TEST(Trace, OfGuestTestsIsTheSameUnderEveryTiming) {
  const std::filesystem::path folder = EXOSIM_BINARY_DIR "/guest/tests";
  ASSERT_TRUE(std::filesystem::exists(folder)) << folder << " is missing: build the target guest";
  size_t images = 0;
  for (const auto& entry : std::filesystem::directory_iterator(folder)) {
    const std::string name = entry.path().stem().string();
    if (!is_of_the_processor(entry.path().filename().string())) continue;
    // What an earlier build has left is no test any more.
    if (!std::filesystem::exists(kIsaTests / (name.substr(name.find('_') + 1) + ".S"))) continue;
    SCOPED_TRACE(entry.path().string());
    const auto image = load_image(entry.path());
    ASSERT_TRUE(image) << image.error().text();
    expect_one_trace(*image, kSmallRam);
    ++images;
  }
  EXPECT_GT(images, 50u);
}

// Code that is stored and not flushed is no coherent program: its trace is that of the caches.
TEST(Trace, OfStaleCodeIsNotTheSame) {
  const Image image = exosim::testing::bare_program(R"(
      jal routine; nop
      lui t0,%hi(routine); addiu t0,t0,%lo(routine)
      lui t1,0x2402; ori t1,t1,2     # addiu v0,zero,2
      sw t1,0(t0)
      jal routine; nop
      lui t2,0xb000; sw zero,0x20(t2)
    end: j end; nop
    routine: addiu v0,zero,1; jr ra; nop
  )");
  const std::vector<TraceStep> without =
      run(machine_with(kCaches[0], kSmallRam), image, nullptr).kept();
  const TraceObserver with = run(machine_with(kCaches[2], kSmallRam), image, &without);
  EXPECT_NE(with.difference().find("r2=00000001"), std::string::npos) << with.difference();
  EXPECT_EQ(run(machine_with(kCaches[0], kSmallRam), image, &without).difference(), "");
}

}  // namespace
}  // namespace exosim::differential
