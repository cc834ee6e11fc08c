/* A loop that notices when a register is not restored. */
#include "exokernel/tests/harness/layout.h"
#include "exokernel/tests/harness/patterns.h"

/* All but sp, and a0, which says how long. */
#define PATTERNED \
  3, 5, 6, 7, 8, 9, 10, 11, 12, 13, 14, 15, 16, 17, 18, 19, 20, 21, 22, 23, 24, 25, 28, 30, 31

  .set noreorder
  .set noat
  .text

/* uint32_t spin_with_patterns(uint32_t until): goes round until so many slices have ended, with a
 * pattern in every register. Returns 0 if none has changed, else a mix of the differences. */
  .globl spin_with_patterns
  .type spin_with_patterns, @function
spin_with_patterns:
  addiu $sp, $sp, -64
  .irp number, 16, 17, 18, 19, 20, 21, 22, 23, 28, 30, 31
  sw    $\number, 4 * (\number - 16)($sp)
  .endr
  load_patterns PATTERNED
1:
  lw    $2, TEST_SLICES($0)
  nop
  bne   $2, $4, 1b
  nop
  check_patterns PATTERNED
  .irp number, 31, 16, 17, 18, 19, 20, 21, 22, 23, 28, 30
  lw    $\number, 4 * (\number - 16)($sp)
  .endr
  jr    $31
  addiu $sp, $sp, 64
  .size spin_with_patterns, . - spin_with_patterns
