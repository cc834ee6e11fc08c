// The processor beside a second, independent one: after each of millions of random steps, in random
// states of CP0, TLB and caches, everything that the architecture has is equal.
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

constexpr uint64_t kSteps = 45'000;          // of a run
constexpr uint64_t kStepsPerCode = 15'000;   // then new code in RAM
constexpr uint64_t kStepsPerTlb = 500;       // then other pages
constexpr uint64_t kStepsPerRegisters = 50;  // then elsewhere: faults lead to the vectors for good
constexpr uint64_t kStepsPerMemoryCheck = 64;  // each step would be slow
constexpr uint64_t kStepsPerCacheCheck = 256;

constexpr ReferenceModel kWithoutCaches{.prid = 0x0220};
constexpr ReferenceModel kWithCaches{.prid = kR3000A,
                                     .instruction_bytes = 4096,
                                     .instruction_refill = 4,
                                     .data_bytes = 8192,
                                     .data_refill = 8};
/// As an R2000: a word at a time, and partial stores invalidate.
constexpr ReferenceModel kWithOldCaches{.prid = 0x0100,
                                        .instruction_bytes = 4096,
                                        .instruction_refill = 1,
                                        .data_bytes = 4096,
                                        .data_refill = 1,
                                        .partial_store_invalidates = true};

/// Swapped, the one that is there changes sides.
constexpr ReferenceModel kWithOneCache{
    .prid = kR3000A, .data_bytes = 4096, .data_refill = 4, .partial_store_invalidates = true};

/// Of Cases, what the caches did.
struct CacheCases {
  uint64_t fetch_hits = 0;
  uint64_t fetch_misses = 0;
  uint64_t load_hits = 0;
  uint64_t load_misses = 0;
  uint64_t partial_stores = 0;
  uint64_t isolated_hits = 0;
  uint64_t isolated_misses = 0;
  uint64_t isolated_stores = 0;
  uint64_t swapped = 0;
  uint64_t parity_errors = 0;  // steps while Status has one
  uint64_t reversed = 0;       // bytes and halves in the other order

  void count(const StepOutcome& step, const ReferenceState& state) {
    const bool load = step.access == Access::kLoad && step.cached && !step.bus_error;
    const bool store = step.access == Access::kStore && step.cached;
    const bool missed = (state.status & kCacheMiss) != 0;
    fetch_hits += step.fetch_cached && step.fetch_refill == 0;
    fetch_misses += step.fetch_refill != 0;
    load_hits += load && !step.isolated && step.load_refill == 0;
    load_misses += step.load_refill != 0;
    partial_stores += store && !step.isolated && step.width != 4;
    isolated_hits += load && step.isolated && !missed;
    isolated_misses += load && step.isolated && missed;
    isolated_stores += store && step.isolated;
    swapped += (load || store) && (state.status & kSwapped);
    parity_errors += (state.status & kParityError) != 0;
    reversed += step.user_mode && (state.status & kReversed) && step.access != Access::kNone &&
                step.width != 4;
  }
};

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
  CacheCases caches;

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
    caches.count(step, state);
  }
};

/// One run: the two processors and what they are given.
class Lockstep {
 public:
  Lockstep(uint64_t seed, Theme theme, const ReferenceModel& model)
      : random_(seed), stimulus_(random_, theme), reference_(memory_, model) {
    fill(memory_.rom);
    subject_.emplace(memory_.rom, model);
    reference_.state() = subject_->state();
    subject_->show_caches(reference_.instruction_cache(), reference_.data_cache());
  }

  /// Empty, or what differs after which step.
  std::string run(Cases& cases) {
    for (uint64_t i = 0; i < kSteps; ++i) {
      prepare(i);
      move_a_pin();
      write_behind_the_caches();
      const StepOutcome& expected = reference_.step();
      cases.count(expected, reference_.state());
      const std::string differs = compare(expected, i);
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

  /// As a device with DMA does.
  void write_behind_the_caches() {
    if (random_.below(20) != 0) return;
    const uint32_t phys = stimulus_.stale_word();
    const uint32_t word = stimulus_.word();
    memory_.write(phys, 4, word);
    subject_->set_ram_word(phys, word);
  }

  std::string compare(const StepOutcome& expected, uint64_t step) {
    std::string differs = difference(expected, subject_->step());
    differs += difference(reference_.state(), subject_->state());
    if (!(subject_->device() == memory_.device)) differs += "  the device\n";
    const bool failed = !differs.empty();
    if ((failed || step % kStepsPerMemoryCheck == 0) && !subject_->has_ram(memory_.ram))
      differs += "  RAM\n";
    if ((failed || step % kStepsPerCacheCheck == 0) &&
        !subject_->has_caches(reference_.instruction_cache(), reference_.data_cache())) {
      differs += "  the caches\n";
    }
    return differs;
  }

  Random random_;
  Stimulus stimulus_;
  ReferenceMemory memory_;
  ReferenceProcessor reference_;
  std::optional<Subject> subject_;
};

Cases run_all(Theme theme, const ReferenceModel& model, uint64_t runs) {
  Cases cases;
  for (uint64_t seed = 1; seed <= runs; ++seed) {
    const std::string differs = Lockstep(seed, theme, model).run(cases);
    EXPECT_EQ(differs, "") << "seed " << seed;
    if (!differs.empty()) break;
  }
  return cases;
}

// The counts are about a tenth of what there was when this was written.
TEST(Lockstep, EveryInstructionInEveryState) {
  const Cases cases = run_all(Theme::kEverything, kWithoutCaches, 10);
  for (size_t code = 0; code < cases.exceptions.size(); ++code)
    EXPECT_GT(cases.exceptions[code], 70u) << code;
  EXPECT_GT(cases.in_slot, 700u);
  EXPECT_GT(cases.refills, 700u);
  EXPECT_GT(cases.user_mode, 700u);
  EXPECT_GT(cases.mapped_loads_and_stores, 700u);
  EXPECT_GT(cases.mapped_fetches, 700u);
  EXPECT_GT(cases.device, 25u);
}

TEST(Lockstep, TranslationsThatComeAndGo) {
  const Cases cases = run_all(Theme::kTranslations, kWithoutCaches, 10);
  EXPECT_GT(cases.mapped_loads_and_stores, 5000u);
  EXPECT_GT(cases.mapped_fetches, 1000u);
  EXPECT_GT(cases.shut_down, 3000u);
  EXPECT_GT(cases.exceptions[static_cast<size_t>(Code::kMod)], 3000u);
}

TEST(Lockstep, EveryInstructionWithCaches) {
  const Cases cases = run_all(Theme::kEverything, kWithCaches, 4);
  EXPECT_GT(cases.caches.fetch_hits, 10'000u);
  run_all(Theme::kEverything, kWithOldCaches, 4);
}

TEST(Lockstep, TranslationsWithCaches) {
  const Cases cases = run_all(Theme::kTranslations, kWithCaches, 4);
  EXPECT_GT(cases.caches.load_hits, 1000u);
}

void expect_many(const CacheCases& caches) {
  EXPECT_GT(caches.fetch_hits, 50'000u);
  EXPECT_GT(caches.fetch_misses, 350u);
  EXPECT_GT(caches.load_hits, 7000u);
  EXPECT_GT(caches.load_misses, 2000u);
  EXPECT_GT(caches.partial_stores, 1800u);
  EXPECT_GT(caches.isolated_hits, 2000u);
  EXPECT_GT(caches.isolated_misses, 4000u);
  EXPECT_GT(caches.isolated_stores, 3000u);
  EXPECT_GT(caches.swapped, 10'000u);
  EXPECT_GT(caches.parity_errors, 30'000u);
}

TEST(Lockstep, CachesThatMissMeetAndChange) {
  const Cases cases = run_all(Theme::kCaches, kWithCaches, 15);
  expect_many(cases.caches);
  EXPECT_GT(cases.caches.reversed, 150u);
}

TEST(Lockstep, OldCachesThatMissMeetAndChange) {
  const Cases cases = run_all(Theme::kCaches, kWithOldCaches, 15);
  expect_many(cases.caches);
  EXPECT_EQ(cases.caches.reversed, 0u);
}

TEST(Lockstep, OneCacheOnBothSides) {
  const Cases cases = run_all(Theme::kCaches, kWithOneCache, 4);
  EXPECT_GT(cases.caches.fetch_hits, 1000u);
  EXPECT_GT(cases.caches.load_hits, 1000u);
}

TEST(Lockstep, AccessesThatAreCachedWithoutACache) {
  const Cases cases = run_all(Theme::kCaches, kWithoutCaches, 4);
  EXPECT_GT(cases.caches.isolated_misses, 1000u);
  EXPECT_EQ(cases.caches.isolated_hits, 0u);
}

}  // namespace
}  // namespace exosim::lockstep
