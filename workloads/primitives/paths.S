/* What of the measurements must be exact: handlers, and both sides of a transfer. */
#include "exokernel/abi/env.h"
#include "exokernel/abi/syscalls.h"
#include "isa/markers.h"

  .set noreorder
  .set noat
  .text

/* Handlers that skip the instruction that raised the exception. The whole handler is a block of the
 * restart window: its first load brings the context page into the TLB, so nothing behind it can miss,
 * and until a0 is loaded, in the last delay slot, the block can begin again. */
  .balign EXO_RESTART_BLOCK
  .globl skip_handler, skip_handler_end
  .type skip_handler, @function
skip_handler:
  lw    $a1, (EXO_CONTEXT_VA + EXO_CONTEXT_EXCEPTION_A1)($0)
  lw    $a2, (EXO_CONTEXT_VA + EXO_CONTEXT_EXCEPTION_A2)($0)
  addiu $k1, $a0, 4
  jr    $k1
  lw    $a0, (EXO_CONTEXT_VA + EXO_CONTEXT_EXCEPTION_A0)($0)   # delay slot
  .balign EXO_RESTART_BLOCK
skip_handler_end:
  .size skip_handler, . - skip_handler

/* void null_procedure() */
  .balign 16
  .globl null_procedure
  .type null_procedure, @function
null_procedure:
  jr    $ra
  nop                              # delay slot
  .size null_procedure, . - null_procedure

/* void not_mips1_coprocessor(): the name says that an instruction of a coprocessor is meant
 * (.ci/check_mips1.py). */
  .balign 16
  .globl not_mips1_coprocessor
  .type not_mips1_coprocessor, @function
not_mips1_coprocessor:
  exo_op_begin "exception coprocessor"
  nop
  mfc1  $v0, $f0
  exo_op_end "exception coprocessor"
  jr    $ra
  nop                              # delay slot
  .size not_mips1_coprocessor, . - not_mips1_coprocessor

/* void round_trips_...(uint32_t v0, uint32_t count): transfers control to a partner whose entry is
 * pong_entry, and has it back. The partner changes v0 only; v1 tells it how to answer. */
.macro round_trips kind, name, word
  .globl round_trips_\kind, ping_\kind
  .type round_trips_\kind, @function
round_trips_\kind:
  lui   $v1, %hi(\word)
1:
  move  $v0, $a0
  exo_op_begin "\name"
  syscall
ping_\kind:
  exo_op_end "\name"
  addiu $a1, $a1, -1
  bne   $a1, $0, 1b
  nop                              # delay slot
  jr    $ra
  nop                              # delay slot
  .size round_trips_\kind, . - round_trips_\kind
.endm
  .balign 16
  round_trips synchronous, "synchronous round trip", EXO_SCALL
  round_trips asynchronous, "asynchronous round trip", EXO_ACALL

  .balign 16
  .globl pong_entry
  .type pong_entry, @function
pong_entry:
  or    $v0, $v0, $v1
  syscall
  .size pong_entry, . - pong_entry
