// Where another device has registers beside the timer's, nobody can bind the page.
// options: --set devices.bus_error.address=0x10001ff8
// options: --set devices.bus_error.address=0x10001100
#include "exokernel/tests/harness/harness.hpp"

void run_tests() {
  CHECK(test::refused(exo::timer_bind(test::kVirt), EXO_ERROR_NO_DEVICE));
  CHECK(test::raises(EXC_TLBL, [] { test::touch(test::kVirt); }));
}
