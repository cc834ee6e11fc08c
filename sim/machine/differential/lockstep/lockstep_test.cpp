// The processor beside a second, independent one: after each of a million random steps, in random
// states of CP0 and TLB, everything that the architecture has is equal.
#include <fmt/format.h>
#include <gtest/gtest.h>

#include <array>
#include <cstring>
#include <optional>
#include <string>
#include <vector>

#include "sim/base/random.hpp"
#include "sim/machine/differential/lockstep/reference_memory.hpp"
#include "sim/machine/differential/lockstep/reference_processor.hpp"
#include "sim/machine/differential/lockstep/stimulus.hpp"
#include "sim/machine/differential/lockstep/subject.hpp"

namespace exosim::lockstep {
namespace {

constexpr uint64_t kRuns = 15;               // of each theme
constexpr uint64_t kSteps = 45'000;          // of a run
constexpr uint64_t kStepsPerCode = 15'000;   // then new code in RAM
constexpr uint64_t kStepsPerTlb = 500;       // then other pages
constexpr uint64_t kStepsPerRegisters = 50;  // then elsewhere: faults lead to the vectors for good
constexpr uint64_t kStepsPerMemoryCheck = 64;  // each step would be slow

/// What has happened in the runs, so that they cannot become harmless unnoticed.
struct Cases {
  std::array<uint64_t, 13> exceptions{};  // by code
  uint64_t in_slot = 0;                   // exceptions in delay slots
  uint64_t refills = 0;
  uint64_t mapped_loads_and_stores = 0;
  uint64_t mapped_fetches = 0;
  uint64_t shut_down = 0;
  uint64_t user_mode = 0;
  uint64_t device = 0;

  void count(const StepOutcome& step, const ReferenceState& state) {
    const auto is_mapped = [](uint32_t at) { return at < 0x80000000 || at >= 0xc0000000; };
    if (step.exception) ++exceptions[step.code];
    in_slot += step.exception && step.in_slot;
    refills += step.refill;
    mapped_loads_and_stores += step.access != Access::kNone && is_mapped(step.address);
    mapped_fetches += step.fetched && is_mapped(step.pc);
    shut_down += (state.status & kTlbShutDown) != 0;
    user_mode += step.user_mode;
    device += step.access != Access::kNone && step.phys == kDeviceBase && !step.bus_error;
  }
};

/// One run: the two processors and what they are given.
class Lockstep {
 public:
  Lockstep(uint64_t seed, Theme theme) : random_(seed), stimulus_(random_, theme) {
    fill(memory_.rom);
    subject_.emplace(memory_.rom);
    reference_.state() = subject_->state();
  }

  /// Empty, or what differs after which step.
  std::string run(Cases& cases) {
    for (uint64_t i = 0; i < kSteps; ++i) {
      prepare(i);
      move_a_pin();
      const StepOutcome& expected = reference_.step();
      cases.count(expected, reference_.state());
      const std::string differs = compare(expected, i % kStepsPerMemoryCheck == 0);
      if (!differs.empty())
        return fmt::format("step {}, {:08x} at {:08x}:\n{}", i, expected.word, expected.pc,
                           differs);
    }
    return {};
  }

 private:
  void prepare(uint64_t step) {
    if (step % kStepsPerRegisters != 0) return;
    if (step % kStepsPerCode == 0) {
      fill(memory_.ram);
      subject_->set_ram(memory_.ram);
    }
    if (step % kStepsPerTlb == 0) stimulus_.map_pages(reference_.state());
    stimulus_.scatter(reference_.state());
    subject_->set_state(reference_.state());
  }

  void fill(std::vector<uint8_t>& memory) {
    for (size_t at = 0; at < memory.size(); at += 4) {
      const uint32_t word = stimulus_.word();
      std::memcpy(&memory[at], &word, sizeof word);
    }
  }

  void move_a_pin() {
    if (random_.below(12) != 0) return;
    const uint32_t pin = 4u << random_.below(6);
    const uint32_t pins = reference_.pins();
    // Lowered more readily than raised, so that not all are always up.
    if ((pins & pin) == 0 && random_.below(2) != 0) return;
    reference_.set_pins(pins ^ pin);
    subject_->set_pins(pins ^ pin);
  }

  std::string compare(const StepOutcome& expected, bool with_memory) {
    std::string differs = difference(expected, subject_->step());
    differs += difference(reference_.state(), subject_->state());
    if (!(subject_->device() == memory_.device)) differs += "  the device\n";
    if ((with_memory || !differs.empty()) && !subject_->has_ram(memory_.ram)) differs += "  RAM\n";
    return differs;
  }

  Random random_;
  Stimulus stimulus_;
  ReferenceMemory memory_;
  ReferenceProcessor reference_{memory_};
  std::optional<Subject> subject_;
};

Cases run_all(Theme theme) {
  Cases cases;
  for (uint64_t seed = 1; seed <= kRuns; ++seed) {
    const std::string differs = Lockstep(seed, theme).run(cases);
    EXPECT_EQ(differs, "") << "seed " << seed;
    if (!differs.empty()) break;
  }
  return cases;
}

// The counts are about a tenth of what there was when this was written.
TEST(Lockstep, EveryInstructionInEveryState) {
  const Cases cases = run_all(Theme::kEverything);
  for (size_t code = 0; code < cases.exceptions.size(); ++code)
    EXPECT_GT(cases.exceptions[code], 100u) << code;
  EXPECT_GT(cases.in_slot, 1000u);
  EXPECT_GT(cases.refills, 1000u);
  EXPECT_GT(cases.user_mode, 1000u);
  EXPECT_GT(cases.mapped_loads_and_stores, 1000u);
  EXPECT_GT(cases.mapped_fetches, 1000u);
  EXPECT_GT(cases.device, 40u);
}

TEST(Lockstep, TranslationsThatComeAndGo) {
  const Cases cases = run_all(Theme::kTranslations);
  EXPECT_GT(cases.mapped_loads_and_stores, 8000u);
  EXPECT_GT(cases.mapped_fetches, 1500u);
  EXPECT_GT(cases.shut_down, 5000u);
  EXPECT_GT(cases.exceptions[static_cast<size_t>(Code::kMod)], 5000u);
}

}  // namespace
}  // namespace exosim::lockstep
