// An exception without a handler ends the environment, with a message that says which and where.
// status: 111
// output: destroyed: no handler at 0x00000000 for Bp at 0x00[0-9a-f]{6}, address
#include "exokernel/tests/harness/harness.hpp"

void run_tests() {
  exo::context().handlers[EXC_BP] = 0;
  asm volatile("break");
  test::print("still running\n");
}
