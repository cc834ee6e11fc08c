// A program that fills memory, so that the kernel's table of pages has no room beside it, is not
// started; the ones before it are.
// run: exokernel_software_tlb exokernel_module_fills_memory
// options: --set memory.size=7856KiB
// status: 111
// output: destroyed: there is not enough memory
#include "exokernel/tests/harness/harness.hpp"

namespace {

// In the file: 7 MiB.
volatile uint32_t words[7 << 18] = {1};

}  // namespace

void run_tests() { words[0] = 1; }
