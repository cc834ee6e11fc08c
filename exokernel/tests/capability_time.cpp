// Checking a capability takes as long whichever words are wrong: time does not tell how much of a
// guess is right.
// options: --set arguments=slice=100000
#include "exokernel/abi/time.hpp"
#include "exokernel/tests/harness/child.hpp"

using test::refused;

namespace {

constexpr uint32_t kClock = 0x10800000;
constexpr uint32_t kTries = 400;

/// Ticks that so many checks of a wrong capability take.
uint32_t time_of(exo::Capability guess, uint32_t registers) {
  uint32_t begin = 0;
  for (uint32_t count = 0; count < kTries + 10; ++count) {
    if (count == 10) begin = exo::ticks(registers);
    CHECK(
        refused(exo::capability_derive(guess, uint32_t{EXO_RIGHT_READ}), EXO_ERROR_BAD_CAPABILITY));
  }
  return exo::ticks(registers) - begin;
}

}  // namespace

void run_tests() {
  const exo::CallResult clock = exo::timer_bind(kClock);
  CHECK(clock.ok());
  const uint32_t registers = kClock + static_cast<uint32_t>(clock.value);
  const exo::Capability page = exo::page_alloc(EXO_PAGE_ANY).capability();
  exo::Capability first = page, second = page, both = page;
  first.word[1] ^= 1;
  second.word[2] ^= 1;
  both.word[1] ^= 1;
  both.word[2] ^= 1;
  const uint32_t of_first = time_of(first, registers), of_second = time_of(second, registers);
  const uint32_t of_both = time_of(both, registers);
  const auto alike = [](uint32_t one, uint32_t other) { return one - other + 2 <= 4; };
  CHECK(alike(of_first, of_both));
  CHECK(alike(of_second, of_both));
}
