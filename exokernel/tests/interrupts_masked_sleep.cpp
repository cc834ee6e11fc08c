// Who waits for nothing but a line that is masked waits for ever: the machine ends.
// options: --set devices.framebuffer.height=863
// status: 111
// output: told once
// output: aegis: nobody who could run has a slice
#include "exokernel/tests/harness/bus_error.hpp"

void run_tests() {
  constexpr uint32_t kLine = 5;
  CHECK(exo::interrupt_bind(kLine).ok());
  test::raise_bus_error();
  CHECK(test_sleep(EXO_EVENT_INTERRUPT, 0) == 0);
  test::print("told once\n");
  test_sleep(EXO_EVENT_INTERRUPT, 0);
}
