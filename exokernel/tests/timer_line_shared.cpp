// A machine in which another device has the timer's interrupt line: its interrupts would end
// slices, so the kernel does not start.
// options: --set devices.dma.interrupt=3
// status: 123
// output: aegis: panic: another device has the timer's interrupt line
#include "exokernel/tests/harness/harness.hpp"

void run_tests() {}
