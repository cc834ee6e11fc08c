// A handler that cannot even be fetched, for the very exception that its fetch raises: the
// processor goes round between vector and fetch. The end of the slice must still come, and end it.
// status: 111
// output: destroyed: does not yield at the end of its slice
#include "exokernel/tests/harness/harness.hpp"

void run_tests() {
  exo::context().handlers[EXC_ADEL] = 0x80000000;
  exo::context().slice_end = 0x80000000;
  test::touch(EXO_CONTEXT_VA + 1);
  test::print("still running\n");
}
