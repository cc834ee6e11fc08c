// An exit status above 255 is 255, not its low byte: 256 must not look like success.
// status: 255
#include "exokernel/tests/harness/harness.hpp"

void run_tests() { exo::env_exit(256); }
