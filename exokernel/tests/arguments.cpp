// The argument slice=N: the length of a slice in microseconds.
// options: --set arguments=slice=200
#include "exokernel/tests/harness/harness.hpp"

void run_tests() {
  CHECK(exo::info().timer_hz == 1'000'000);
  CHECK(exo::info().slice_ticks == 201);
  const uint32_t before = test::slices();
  test::burn(exo::info().cpu_hz / 1'000'000 * 250 / 2);  // 250 microseconds without a stall
  CHECK(test::slices() == before + 1);
}
