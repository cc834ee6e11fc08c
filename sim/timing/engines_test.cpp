// The fast engine against the reference: equal cycle for cycle and cause for cause, at whatever a
// processor and its devices can do. A difference is reduced to the fewest steps that still show it.
#include <gtest/gtest.h>

#include <cstdlib>

#include "sim/timing/testing/difference.hpp"
#include "sim/timing/testing/random_script.hpp"
#include "sim/timing/testing/script.hpp"

namespace exosim::testing {
namespace {

/// All of them where there is time (EXOSIM_FULL=1), a part of them always.
uint64_t script_count() { return std::getenv("EXOSIM_FULL") ? 50'000 : 2'500; }

TEST(Engines, AgreeOnRandomSteps) {
  uint64_t stalls = 0;
  for (uint64_t seed = 1; seed <= script_count(); ++seed) {
    const Script script = RandomScript(seed).make(120);
    const auto slow = run_script("pipeline", script);
    for (const ScriptResult& result : slow) stalls += result.cost.total.count - 1;
    if (slow == run_script("r3000", script)) continue;
    FAIL() << "seed " << seed << '\n' << side_by_side(reduced(script));
  }
  EXPECT_GT(stalls, script_count() * 120);  // they are no idle steps
}

// Every step is asked for its causes; what they add up to is its cost.
TEST(Engines, StallsAddUp) {
  for (uint64_t seed = 1; seed <= 200; ++seed) {
    const Script script = RandomScript(seed).make(120);
    for (const ScriptResult& result : run_script("r3000", script)) {
      uint64_t sum = 1;
      for (const StallCounts& counts : result.cost.stalls)
        for (const uint32_t cycles : counts) sum += cycles;
      ASSERT_EQ(result.cost.total.count, sum) << "seed " << seed;
    }
  }
}

}  // namespace
}  // namespace exosim::testing
