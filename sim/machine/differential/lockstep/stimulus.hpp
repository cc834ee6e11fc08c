// Random code, registers and TLB entries for the lock-step test. They are chosen so that what is
// rare by chance is frequent: addresses that meet, pages that are mapped, values that overflow.
#pragma once

#include <array>
#include <cstdint>

#include "sim/base/random.hpp"
#include "sim/machine/differential/lockstep/reference_state.hpp"

namespace exosim::lockstep {

/// What a stretch of random code is about.
enum class Theme : uint8_t {
  kEverything,    // all instructions, and words that are none
  kTranslations,  // a few pages, written, used and switched again and again
  kCaches,        // a few words that meet in the caches, which change how they work
};

class Stimulus {
 public:
  Stimulus(Random& random, Theme theme) : random_(random), theme_(theme) {}

  /// An instruction.
  uint32_t word();
  /// A TLB in which a few pages of interest are mapped.
  void map_pages(ReferenceState& state);
  /// Registers, mode and a place to go on.
  void scatter(ReferenceState& state);
  /// A physical address that caches are likely to have.
  uint32_t stale_word();

 private:
  // Instructions of the themes.
  uint32_t any_word();
  uint32_t translation_word();
  uint32_t cache_word();
  uint32_t special_word();
  uint32_t immediate_word();
  uint32_t memory_word();
  uint32_t branch_word();
  uint32_t cop0_word();
  uint32_t reg();
  uint32_t data_reg();

  uint32_t page();
  uint32_t frame();
  uint32_t offset();
  uint32_t address();
  uint32_t value();
  uint32_t status();
  uint32_t start(ReferenceState& state);
  void give_roles(ReferenceState& state);
  void give_cache_roles(ReferenceState& state);
  void map_meeting_pages(ReferenceState& state);
  uint32_t cached_start(ReferenceState& state);
  uint32_t cache_status();
  uint32_t meeting_line();
  uint32_t meeting_word();

  uint32_t below(uint32_t bound) { return random_.below(bound); }
  bool one_in(uint32_t n) { return below(n) == 0; }
  uint32_t pick(const auto& of) { return of[below(static_cast<uint32_t>(of.size()))]; }

  Random& random_;
  Theme theme_;
  std::array<uint32_t, 10> mapped_{};  // TLB entries that map_pages() wrote
  std::array<uint32_t, 3> pages_{};    // those of kTranslations
};

}  // namespace exosim::lockstep
