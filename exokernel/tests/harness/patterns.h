/* A pattern in every register, for tests that notice when one is not restored. For assembly.
 * `registers` are those beside at (1), v0, k0, k1, HI and LO, and must have 5 and 6 among them. */
#ifndef EXOKERNEL_TESTS_HARNESS_PATTERNS_H
#define EXOKERNEL_TESTS_HARNESS_PATTERNS_H

.macro load_patterns registers:vararg
  li    $5, 5
  mthi  $5
  li    $5, 6
  mtlo  $5
  .irp number, 1, \registers
  li    $\number, 0x1230 + \number
  .endr
.endm

/* v0 = 0 if all are as load_patterns has left them. */
.macro check_patterns registers:vararg
  xori  $2, $1, 0x1231
  .irp number, \registers
  xori  $\number, $\number, 0x1230 + \number
  or    $2, $2, $\number
  .endr
  mfhi  $5
  mflo  $6
  xori  $5, $5, 5
  xori  $6, $6, 6
  or    $2, $2, $5
  or    $2, $2, $6
.endm

#endif
