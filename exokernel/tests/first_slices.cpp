// A directed yield to an environment that has not run yet gives it a whole slice, so that it gets
// as far as its handlers; but a chain of such yields does not keep the others from their slices.
// options: --set arguments=slice=5000
#include "exokernel/tests/harness/child.hpp"

namespace {

constexpr uint32_t kCreator = 1;

volatile uint32_t turns;

void count_turns() {
  for (;;) {
    turns = turns + 1;
    test_yield(EXO_YIELD_NEXT);
  }
}

/// Hands what it has got back at once.
void give_back() {
  for (;;) test_yield(kCreator);
}

}  // namespace

void run_tests() {
  constexpr unsigned kChain = 48;
  CHECK(exo::info().environment == kCreator);
  const test::Child witness = test::create_child(count_turns);
  test::start_child(witness);
  while (turns == 0) test_yield(EXO_YIELD_NEXT);
  const uint32_t before = turns;
  for (unsigned count = 0; count < kChain; ++count) {
    const test::Child child = test::create_child(give_back);
    test::start_child(child);
    test_yield(child.id);
    test::burn(20'000);
    CHECK(exo::env_destroy(child.capability).ok());
  }
  // Four of them at most are in one slice, and some slices are theirs.
  CHECK(turns - before >= kChain / 12);
  CHECK(exo::env_destroy(witness.capability).ok());
}
