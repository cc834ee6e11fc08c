// Exceptions of the floating-point coprocessor reach a program's handler, which gives the operation
// the result that it wants.
#include "exokernel/abi/calls.hpp"
#include "isa/machine/fpu.h"
#include "libos/api/exception.hpp"
#include "libos/tests/check.hpp"

namespace {

constexpr uint32_t kOne = 0x3f800000;
constexpr uint32_t kWanted = 0x7f800000;  // infinity

volatile uint32_t exceptions;

/// Software's turn: the result goes to f4, and the program goes on behind the operation.
bool complete(exos::ExceptionFrame& frame) {
  exceptions = exceptions + 1;
  CHECK(frame.code() == EXC_INT && !frame.is_in_delay_slot());
  CHECK((frame.address >> FCSR_CAUSE_SHIFT) == FCSR_DIVIDE_BY_ZERO);
  asm volatile(".set push\n\t.set hardfloat\n\tmtc1 %0, $f4\n\tnop\n\t.set pop" : : "r"(kWanted));
  frame.pc += 4;
  return true;
}

/// 1 / 0.
uint32_t divide_by_zero() {
  uint32_t result = 0;
  asm volatile(
      ".set push\n\t.set noreorder\n\t.set hardfloat\n\t"
      "mtc1 $0, $f0\n\tmtc1 %1, $f2\n\tnop\n\tdiv.s $f4, $f2, $f0\n\tnop\n\t"
      "mfc1 %0, $f4\n\tnop\n\t.set pop"
      : "=r"(result)
      : "r"(kOne));
  return result;
}

}  // namespace

int main() {
  exo::context().fpu[EXO_FPU_WORDS - 1] = FCSR_DIVIDE_BY_ZERO << FCSR_ENABLE_SHIFT;
  CHECK(exo::fpu_mod(1u).ok());
  CHECK(exos::on_exception(EXC_INT, complete) == nullptr);
  for (uint32_t count = 1; count <= 100; ++count) {
    CHECK(divide_by_zero() == kWanted);
    CHECK(exceptions == count);
  }
  return 0;
}
