// The arguments slice=N, the length of a slice in microseconds, and environments=N, the most at
// once.
// options: --set "arguments= slice=200 environments=511 environments=3 "
#include "exokernel/tests/harness/harness.hpp"

void run_tests() {
  const exo::Info& info = exo::info();
  CHECK(info.environment_max == 3);
  CHECK(exo::exposed_table(info, exo::Exposed::kEnvironments).entries == 4);
  CHECK(exo::exposed_table(info, exo::Exposed::kQuotas).entries == 4);
  CHECK(info.timer_hz == 1'000'000);
  CHECK(info.slice_ticks == 201);
  const uint32_t before = test::slices();
  test::burn(info.cpu_hz / 1'000'000 * 250 / 2);  // 250 microseconds without a stall
  CHECK(test::slices() == before + 1);
}
