// Arguments that the kernel does not understand.
// options: --set arguments=slice=99
// options: --set arguments=slice=1000001
// options: --set arguments=slice=99999999999999999999
// options: --set arguments=slice=
// options: --set arguments=slice=200x
// options: --set arguments=slice
// options: --set arguments=slices=200
// status: 123
// output: arguments: "slice.*": expected slice=N, .* 100 to 1000000 microseconds
// output: panic: it does not understand its arguments
#include "exokernel/tests/harness/harness.hpp"

void run_tests() {}
