// The rest of a slice, however short, given to an environment that has not run yet: that one gets a
// whole slice, so it can name its slice_end, and nobody is destroyed. Environment k gives what is
// left of its first slice to environment 41 - k: from some 100 cycles down to none.
// run: {exokernel_donate_remainder}*40
// options: --set timing.engine=ideal
// output: 40 runs
// output: 35 runs
// output: 21 runs
#include "exokernel/tests/harness/harness.hpp"

namespace {

constexpr uint32_t kEnvironments = 40;
// 250000 cycles are a slice at 25 MHz. Of these 2 each go here, and some hundred to a yield.
constexpr uint32_t kFirstRounds = 124760;
constexpr uint32_t kStep = 3;

}  // namespace

void run_tests() {
  const uint32_t own = exo::info().environment;
  if (own > kEnvironments / 2) {
    test::print(own);
    test::print(" runs\n");
    return;
  }
  test::burn(kFirstRounds + own * kStep);
  test_yield(kEnvironments + 1 - own);
}
