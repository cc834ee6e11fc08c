// Who waits for nothing but a line that is masked waits for ever: the machine ends.
// options: --set fpu.interrupt=5
// status: 111
// output: aegis: nobody who could run has a slice
#include "exokernel/tests/harness/harness.hpp"
#include "isa/machine/fpu.h"

void run_tests() {
  constexpr uint32_t kLine = 5;
  CHECK(exo::fpu_mod(1u).ok());
  CHECK(exo::interrupt_bind(kLine).ok());
  asm volatile(".set push\n\t.set hardfloat\n\tctc1 %0, $31\n\tnop\n\tnop\n\t.set pop"
               :
               : "r"((FCSR_INVALID << FCSR_ENABLE_SHIFT) | (FCSR_INVALID << FCSR_CAUSE_SHIFT)));
  CHECK(test_sleep(EXO_EVENT_INTERRUPT, 0) == 0);
  test_sleep(EXO_EVENT_INTERRUPT, 0);
  test::print("woken\n");
}
