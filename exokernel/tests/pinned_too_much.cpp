// A program that wants more pages pinned than the kernel guarantees is not started; the others are.
// run: exokernel_pinned_too_much exokernel_software_tlb
// status: 111
// output: environment 1 \(exokernel_pinned_too_much.elf\) destroyed: it wants too many pages pinned
#include "exokernel/tests/harness/harness.hpp"

namespace {

volatile uint8_t pinned[EXO_GUARANTEED_MAX * PAGE_SIZE];

}  // namespace

void run_tests() { pinned[0] = 1; }
