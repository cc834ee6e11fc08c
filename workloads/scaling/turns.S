/* A turn of an environment: it uses every primitive once, each as an operation whose name says how
 * many environments there are, and yields. No slice ends in between: they are longer. */
#include "exokernel/abi/capability.h"
#include "exokernel/abi/env.h"
#include "exokernel/abi/syscalls.h"
#include "isa/machine/cp0.h"
#include "isa/markers.h"
#include "workloads/scaling/layout.h"

  .set noreorder
  .set noat
  .text

/* The first load from a page of its own. If the kernel has forgotten the binding, the program binds it
 * again. The rest of the page is read to displace what others have in the data cache. */
.macro first_access count
  lui   $s0, %hi(SCALING_OWN_VA)
  lw    $s1, TEST_CAUGHT_COUNT($0)
  exo_op_begin "first access, \count"
  nop
  lw    $0, 0($s0)
  lw    $t0, TEST_CAUGHT_COUNT($0)
  nop                              # load delay slot
  beq   $t0, $s1, 1f
  li    $v0, EXO_SYS_tlb_write     # delay slot
  move  $a0, $s0
  li    $a1, 0
  lw    $a2, SCALING_OWN($0)
  lw    $a3, (SCALING_OWN + 4)($0)
  lw    $t0, (SCALING_OWN + 8)($0)
  syscall
  lw    $0, 0($s0)
1:
  exo_op_end "first access, \count"
  li    $t0, PAGE_SIZE
2:
  addiu $t0, $t0, -16
  lw    $0, 0($s0)
  bne   $t0, $0, 2b
  addiu $s0, $s0, 16               # delay slot
.endm

/* It holds a page between its turns: what others free and allocate does not matter. */
.macro load_page first, second, third
  lw    \first, SCALING_PAGE($0)
  lw    \second, (SCALING_PAGE + 4)($0)
  lw    \third, (SCALING_PAGE + 8)($0)
.endm
.macro use_page count
  lui   $a0, %hi(SCALING_PAGE_VA)
  ori   $a0, $a0, %lo(SCALING_PAGE_VA)
  li    $a1, EXO_MAP_WRITE
  load_page $a2, $a3, $t0
  exo_op_begin "tlb_write, \count"
  li    $v0, EXO_SYS_tlb_write
  syscall
  exo_op_end "tlb_write, \count"
  load_page $a0, $a1, $a2
  li    $a3, EXO_RIGHT_ALL
  exo_op_begin "capability_derive, \count"
  li    $v0, EXO_SYS_capability_derive
  syscall
  exo_op_end "capability_derive, \count"
  load_page $a0, $a1, $a2
  andi  $s0, $a0, 0xffff           # its number
  exo_op_begin "page_dealloc, \count"
  li    $v0, EXO_SYS_page_dealloc
  syscall
  exo_op_end "page_dealloc, \count"
  move  $a0, $s0
  exo_op_begin "page_alloc, \count"
  li    $v0, EXO_SYS_page_alloc
  syscall
  exo_op_end "page_alloc, \count"
  sw    $v1, SCALING_PAGE($0)
  sw    $a0, (SCALING_PAGE + 4)($0)
  sw    $a1, (SCALING_PAGE + 8)($0)
  sw    $v0, SCALING_RESULT($0)
.endm

/* There and back: synchronously, as measured, and asynchronously. The registers are the message. */
.macro transfer_control count
  lui   $t0, %hi(back_\count)
  addiu $t0, $t0, %lo(back_\count)
  sw    $t0, (EXO_CONTEXT_VA + EXO_CONTEXT_ASYNCHRONOUS_ENTRY)($0)
  lw    $v0, SCALING_NEXT($0)
  exo_passage_begin "protected transfer, \count"
  syscall
  break                            # refused
back_\count:
.endm

.macro turn count
  .globl turn_\count
  .type turn_\count, @function
turn_\count:
  addiu $sp, $sp, -TEST_YIELD_FRAME
  .irp  number, 16, 17, 18, 19, 20, 21, 22, 23, 30, 31
  sw    $\number, TEST_YIELD_SAVED(\number)
  .endr
  first_access \count
  exo_op_begin "null call, \count"
  li    $v0, EXO_SYS_null
  syscall
  exo_op_end "null call, \count"
  exo_op_begin "exception, \count"
  nop
  lw    $v0, 1($sp)
  nop                              # load delay slot
  exo_op_end "exception, \count"
  use_page \count
  transfer_control \count
  sw    $sp, TEST_YIELD_SP($0)
  li    $a0, EXO_YIELD_NEXT
  exo_passage_begin "yield, \count"
  li    $v0, EXO_SYS_yield
  syscall
  break                            # refused
  .size turn_\count, . - turn_\count

.endm

/* Loads from so many pages that all miss the TLB. */
.macro misses count
  .globl misses_\count
  .type misses_\count, @function
misses_\count:
  lui   $t0, %hi(SCALING_MANY_VA)
  ori   $t0, $t0, %lo(SCALING_MANY_VA)
  li    $t1, SCALING_MANY
1:
  exo_op_begin "TLB refill, \count"
  nop
  lw    $0, 0($t0)
  nop
  exo_op_end "TLB refill, \count"
  addiu $t1, $t1, -1
  bne   $t1, $0, 1b
  addiu $t0, $t0, PAGE_SIZE        # delay slot
  jr    $ra
  nop                              # delay slot
  .size misses_\count, . - misses_\count
.endm

#define COUNTS 256, 128, 64, 32, 16, 8, 4, 2, 1, 0

/* What is measured begins behind the first 256 bytes of a page: the lines of the kernel's vectors are
 * no line of a handler or of an instruction that raises an exception, whatever frame the page is in. */
  .balign PAGE_SIZE
  .irp  count, COUNTS
  misses \count
  .endr

/* Where transfers enter: back to who has called. */
  .globl scaling_entry
  .type scaling_entry, @function
scaling_entry:
  .irp  count, COUNTS
  exo_passage_end "protected transfer, \count"
  .endr
  lui   $t0, %hi(EXO_ACALL)
  or    $v0, $v0, $t0
  syscall
  break                            # refused
  .size scaling_entry, . - scaling_entry

  .globl scaling_slice_start
  .type scaling_slice_start, @function
scaling_slice_start:
  .irp  count, COUNTS
  exo_passage_end "yield, \count"
  .endr
  j     test_slice_start
  nop                              # delay slot
  .size scaling_slice_start, . - scaling_slice_start

/* The handler of exceptions that are measured: skips the instruction. */
  .globl skip_handler
  .type skip_handler, @function
skip_handler:
  lw    $a1, (EXO_CONTEXT_VA + EXO_CONTEXT_EXCEPTION_A1)($0)
  lw    $a2, (EXO_CONTEXT_VA + EXO_CONTEXT_EXCEPTION_A2)($0)
  addiu $k1, $a0, 4
  jr    $k1
  lw    $a0, (EXO_CONTEXT_VA + EXO_CONTEXT_EXCEPTION_A0)($0)   # delay slot
  .size skip_handler, . - skip_handler

  .irp  count, COUNTS
  turn  \count
  .endr
