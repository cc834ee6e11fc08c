// A TLB miss handler that lies on an unmapped page would miss for ever: the environment ends.
// status: 111
// output: destroyed: no handler at 0x10001000 for TLBL at 0x00[0-9a-f]{6}, address 0x10000000
#include "exokernel/tests/harness/harness.hpp"

void run_tests() {
  exo::context().handlers[EXC_TLBL] = test::kVirt + PAGE_SIZE;
  test::touch(test::kVirt);
  test::print("still running\n");
}
