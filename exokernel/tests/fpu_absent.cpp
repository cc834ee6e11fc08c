// fpu_mod on a machine without the coprocessor.
// options: --set fpu.present=false
#include "exokernel/tests/harness/harness.hpp"

void run_tests() {
  CHECK(test::refused(exo::fpu_mod(1u), EXO_ERROR_NO_DEVICE));
  CHECK(test::refused(exo::fpu_mod(0u), EXO_ERROR_NO_DEVICE));
  CHECK(test::raises(EXC_CPU, [] {
    asm volatile(".set push\n\t.set hardfloat\n\tmtc1 $0, $f5\n\tnop\n\t.set pop");
  }));
}
