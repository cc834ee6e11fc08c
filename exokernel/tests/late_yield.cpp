// An environment that yields late, after its grace period, is put up with a few times; nothing of
// its state is lost by the interruptions in between.
#include "exokernel/tests/harness/harness.hpp"

// slice_end that first counts for more than a grace period, t0 down and t1 up; it keeps both.
asm(R"(
  .set push
  .set noreorder
  .set noat
  .text
  .globl late_slice_end
late_slice_end:
  sw    $8, 0x1ff0($0)
  sw    $9, 0x1ff4($0)
  li    $8, 6000
  li    $9, 0
1:
  addiu $8, $8, -1
  bne   $8, $0, 1b
  addiu $9, $9, 1
  sw    $9, 0x1ff8($0)
  lw    $9, 0x1ff4($0)
  lw    $8, 0x1ff0($0)
  j     test_slice_end
  nop
  .set pop
)");

extern "C" void late_slice_end();

void run_tests() {
  static_assert(EXO_CONTEXT_VA + EXO_CONTEXT_SIZE > 0x1ff8);
  // 18 000 instructions: three grace periods of 5000 cycles, fewer than the kernel
  // puts up with.
  exo::context().slice_end = reinterpret_cast<uintptr_t>(&late_slice_end);
  const uint32_t before = test::slices();
  CHECK(spin_with_patterns(before + 1) == 0);
  exo::context().slice_end = reinterpret_cast<uintptr_t>(&test_slice_end);
  CHECK(test::word_at(0x1ff8) == 6000);
  CHECK(test::slices() == before + 1);
}
