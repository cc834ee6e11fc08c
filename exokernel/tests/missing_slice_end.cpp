// An environment that has no handler for the end of its slice cannot be continued: it ends.
// status: 111
// output: destroyed: no handler at 0x00000000 for Int at
#include "exokernel/tests/harness/harness.hpp"

void run_tests() {
  exo::context().slice_end = 0;
  for (;;) asm volatile("");
}
