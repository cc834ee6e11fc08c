// Arguments that the kernel does not understand, with two programs.
// run: {exokernel_arguments_refused}*2
// options: --set arguments=slice=99
// options: --set arguments=slice=1000001
// options: --set arguments=slice=99999999999999999999
// options: --set arguments=slice=
// options: --set arguments=slice=200x
// options: --set arguments=slice
// options: --set arguments=slices=200
// options: --set arguments=environments=1
// options: --set arguments=environments=512
// options: --set arguments=environments=
// options: --set arguments=environments=2,
// options: --set arguments=Environments=2
// options: --set "arguments=slice=200 environments=0"
// options: --set "arguments=environments=2 slice=99"
// status: 123
// output: arguments: "(slice|[Ee]nvironments).*": expected slice=N, .* 100 to 1000000 microseconds; environments=N, .* 2 to 511
// output: panic: it does not understand its arguments
#include "exokernel/tests/harness/harness.hpp"

void run_tests() {}
