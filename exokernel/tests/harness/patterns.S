/* A loop that notices when a register is not restored. */
#include "exokernel/tests/harness/layout.h"

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
  li    $5, 5
  mthi  $5
  li    $5, 6
  mtlo  $5
  .irp number, 1, 3, 5, 6, 7, 8, 9, 10, 11, 12, 13, 14, 15, 16, 17, 18, 19, 20, 21, 22, 23, 24, 25
  li    $\number, 0x1230 + \number
  .endr
  .irp number, 28, 30, 31
  li    $\number, 0x1230 + \number
  .endr
1:
  lw    $2, TEST_SLICES($0)
  nop
  bne   $2, $4, 1b
  nop
  xori  $2, $1, 0x1231
  .irp number, 3, 5, 6, 7, 8, 9, 10, 11, 12, 13, 14, 15, 16, 17, 18, 19, 20, 21, 22, 23, 24, 25
  xori  $\number, $\number, 0x1230 + \number
  or    $2, $2, $\number
  .endr
  .irp number, 28, 30, 31
  xori  $\number, $\number, 0x1230 + \number
  or    $2, $2, $\number
  .endr
  mfhi  $5
  mflo  $6
  xori  $5, $5, 5
  xori  $6, $6, 6
  or    $2, $2, $5
  or    $2, $2, $6
  .irp number, 31, 16, 17, 18, 19, 20, 21, 22, 23, 28, 30
  lw    $\number, 4 * (\number - 16)($sp)
  .endr
  jr    $31
  addiu $sp, $sp, 64
  .size spin_with_patterns, . - spin_with_patterns
