/* Calls that give the processor away, as passages (isa/markers.h): from the instruction `syscall` to
 * where another environment, or this one, begins its slice: there the program has a slice_start of
 * its own, with exo_passage_end for each, that goes on at test_slice_start. For assembly. */
#ifndef EXOKERNEL_TESTS_HARNESS_PASSAGE_H
#define EXOKERNEL_TESTS_HARNESS_PASSAGE_H

#include "exokernel/abi/syscalls.h"
#include "exokernel/tests/harness/layout.h"
#include "isa/markers.h"

/* int32_t function(a0, a1): the kernel call, as the passage `name`. Returns like test_yield. */
.macro test_leave function, call, name
  .globl \function
  .type \function, @function
\function:
  addiu $sp, $sp, -TEST_YIELD_FRAME
  .irp number, 16, 17, 18, 19, 20, 21, 22, 23, 30, 31
  sw    $\number, TEST_YIELD_SAVED(\number)
  .endr
  sw    $sp, TEST_YIELD_SP($0)
  exo_passage_begin "\name"
  li    $v0, EXO_SYS_\call
  syscall
  j     test_yield_refused
  nop                              # delay slot
  .size \function, . - \function
.endm

#endif
