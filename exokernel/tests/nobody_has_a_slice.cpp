// The last position is given back, and its owner yields: nobody will ever run again.
// status: 111
// output: nobody who could run has a slice, and nothing will change that
#include "exokernel/tests/harness/harness.hpp"

void run_tests() {
  CHECK(exo::slice_dealloc(0u).ok());
  test_yield(EXO_YIELD_NEXT);
}
