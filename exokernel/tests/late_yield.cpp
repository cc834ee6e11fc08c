// An environment that yields late, after its grace period, is put up with a few times; nothing of its
// state is lost by the interruptions in between.
#include "exokernel/tests/harness/harness.hpp"

// slice_end that first goes round for more than a grace period, in t0, which it keeps.
asm(R"(
  .set push
  .set noreorder
  .set noat
  .text
  .globl late_slice_end
late_slice_end:
  sw    $8, 0x1ff0($0)
  lui   $8, 1
1:
  bne   $8, $0, 1b
  addiu $8, $8, -1
  lw    $8, 0x1ff0($0)
  nop
  j     test_slice_end
  nop
  .set pop
)");

extern "C" void late_slice_end();

void run_tests() {
  static_assert(EXO_CONTEXT_VA + EXO_CONTEXT_SIZE > 0x1ff0 + 4);
  // 2 * 65536 instructions, a few grace periods of cpu_hz / 5000 cycles: fewer than the threshold
  // allows is checked by the environment's survival.
  exo::context().slice_end = reinterpret_cast<uintptr_t>(&late_slice_end);
  uint32_t sum = 0;
  const uint32_t before = test::slices();
  for (uint32_t index = 0; test::slices() == before; ++index) sum += index & 1;
  exo::context().slice_end = reinterpret_cast<uintptr_t>(&test_slice_end);
  CHECK(sum > 0);
  CHECK(test::slices() == before + 1);
}
