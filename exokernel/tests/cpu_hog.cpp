// An environment that does not yield at the end of its slice is destroyed after some patience.
// status: 111
// output: environment 1 \(exokernel_cpu_hog.elf\) destroyed: does not yield at the end of its slice
#include "exokernel/tests/harness/harness.hpp"

void run_tests() {
  asm volatile(
      ".set push\n.set noreorder\n.set noat\n"
      "lui $8, %%hi(1f)\n"
      "addiu $8, $8, %%lo(1f)\n"
      "sw $8, %0($0)\n"
      "1: b 1b\n"
      "nop\n"
      ".set pop\n"
      :
      : "i"(EXO_CONTEXT_VA + EXO_CONTEXT_SLICE_END)
      : "$8", "memory");
  test::print("still running\n");
}
