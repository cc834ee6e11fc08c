// Page colouring: an application chooses frames by number, so that they have places of their own in
// the data cache. Words of two pages that are read in turn displace each other in each round if the
// pages have the same colour, and never otherwise, wherever they are bound.
#include "exokernel/abi/time.hpp"
#include "exokernel/tests/harness/harness.hpp"

namespace {

// The machine's (configs/r3000.yaml): 64 KiB, direct mapped, a miss brings four words.
constexpr uint32_t kColours = 64 * 1024 / PAGE_SIZE;
constexpr uint32_t kLineBytes = 16;
constexpr uint32_t kMissCycles = 15;

constexpr uint32_t kRounds = 8;
constexpr uint32_t kLoads = kRounds * 2 * (PAGE_SIZE / kLineBytes);
constexpr uint32_t kFirstFrame = 4096;  // that nobody has, nor those behind it
// Of places in the software TLB that nothing else takes.
constexpr uint32_t kVirts[] = {0x10010000, 0x10011000};
constexpr uint32_t kTimer = 0x10012000;

uint32_t timer;  // address of its registers

/// Binds a frame. All that is ever measured has the same addresses: the TLB plays no part.
exo::Capability bind(uint32_t virt, uint32_t frame) {
  const exo::CallResult made = exo::page_alloc(frame);
  CHECK(made.value == static_cast<int32_t>(frame));
  CHECK(exo::tlb_write(virt, 0u, made.capability()).ok());
  return made.capability();
}

/// Reads a word of each line of one page and of the other, in turn, in some rounds.
[[gnu::noinline]] void read_in_turn(uint32_t rounds) {
  for (uint32_t round = 0; round < rounds; ++round) {
    for (uint32_t offset = 0; offset < PAGE_SIZE; offset += kLineBytes) {
      test::touch(kVirts[0] + offset);
      test::touch(kVirts[1] + offset);
    }
  }
}

/// Cycles that reading two frames in turn takes, once the cache has what it can keep.
uint32_t measure(uint32_t frame, uint32_t other) {
  const exo::Capability pages[] = {bind(kVirts[0], frame), bind(kVirts[1], other)};
  test_yield(EXO_YIELD_NEXT);  // a slice is longer than all of it
  read_in_turn(1);
  const uint32_t begin = exo::ticks(timer);
  read_in_turn(kRounds);
  const uint32_t ticks = exo::ticks(timer) - begin;
  for (const exo::Capability& page : pages) CHECK(exo::page_dealloc(page).ok());
  return ticks * (exo::info().cpu_hz / exo::info().timer_hz);
}

bool is_about(uint32_t cycles, uint32_t expected) {
  constexpr uint32_t kTolerance = kLoads / 16;  // of which the timer's ticks are a part
  return cycles - expected + kTolerance <= 2 * kTolerance;
}

}  // namespace

void run_tests() {
  timer = kTimer + static_cast<uint32_t>(exo::timer_bind(kTimer).value);
  const uint32_t apart = measure(kFirstFrame, kFirstFrame + 1);
  for (uint32_t distance = 1; distance <= 2 * kColours; ++distance) {
    const bool is_same_colour = distance % kColours == 0;
    const uint32_t expected = apart + (is_same_colour ? kLoads * kMissCycles : 0);
    CHECK(is_about(measure(kFirstFrame + 5, kFirstFrame + 5 + distance), expected));
  }
  CHECK(apart < 5 * kLoads && test::caught().count == 0);
}
