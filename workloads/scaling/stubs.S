/* The stubs, and where passages end. A stub has nothing but what it measures: its arguments are in the
 * registers of the call, and what it finds in the caches has not been brought there by itself. */
#include "exokernel/abi/env.h"
#include "exokernel/abi/syscalls.h"
#include "isa/machine/cp0.h"
#include "isa/markers.h"
#include "workloads/scaling/layout.h"
#include "workloads/scaling/stubs.h"

  .set noreorder
  .set noat
  .text

.macro stub name
  .type \name, @function
\name:
.endm

.macro return
  jr    $ra
  nop                              # delay slot
.endm

/* The last are no stage's: for what is not measured. */
#define COUNTS 256, 128, 64, 32, 16, 8, 4, 2, 1, 0

/* A macro for each kind of stub: those for all numbers of environments. */
.macro call_stubs id, call, name
  .irp  count, COUNTS
  stub  \id\()_\count
  exo_op_begin "\name, \count"
  li    $v0, EXO_SYS_\call
  syscall
  exo_op_end "\name, \count"
  return
  .endr
.endm

/* By scaling_leave. */
.macro leave_stubs id, call, name
  .irp  count, COUNTS
  stub  \id\()_\count
  exo_passage_begin "\name, \count"
  li    $v0, EXO_SYS_\call
  syscall
  j     test_yield_refused
  nop                              # delay slot
  .endr
.endm

/* By scaling_transfer. The registers are the message. */
.macro transfer_stubs id, name
  .irp  count, COUNTS
  stub  \id\()_\count
  exo_passage_begin "\name, \count"
  syscall
  j     test_yield_refused
  nop                              # delay slot
  .endr
.endm

/* Something that raises an exception, whose handler skips it. An operation begins when its first
 * instruction completes, which this one does only when the handler has run: another comes first. */
.macro exception_stubs id, name, first, second:vararg
  .irp  count, COUNTS
  stub  \id\()_\count
  exo_op_begin "\name, \count"
  \first
  \second
  nop                              # load delay slot
  exo_op_end "\name, \count"
  return
  .endr
.endm

/* The first load of the page at a0. If the kernel has forgotten the binding, the program binds it again:
 * the other registers have the arguments for that. */
.macro first_access_stubs
  .irp  count, COUNTS
  stub  first_access_\count
  lw    $t9, TEST_CAUGHT_COUNT($0)
  exo_op_begin "first access, \count"
  nop
  lw    $0, 0($a0)
  lw    $t8, TEST_CAUGHT_COUNT($0)
  nop                              # load delay slot
  beq   $t8, $t9, 1f
  li    $v0, EXO_SYS_tlb_write     # delay slot
  syscall
  lw    $0, 0($a0)
1:
  exo_op_end "first access, \count"
  return
  .endr
.endm

/* From the request to where the victim has returned what is asked for. */
.macro revoke_stubs
  .irp  count, COUNTS
  stub  revoke_\count
  exo_passage_begin "visible revocation, \count"
  exo_op_begin "revoke, \count"
  li    $v0, EXO_SYS_revoke
  syscall
  exo_op_end "revoke, \count"
  return
  .endr
.endm

/* A passage: it ends in another address space than it began in. */
.macro cid_switch_stubs
  .irp  count, COUNTS
  stub  cid_switch_\count
  exo_passage_begin "cid_switch, \count"
  li    $v0, EXO_SYS_cid_switch
  syscall
  exo_passage_end "cid_switch, \count"
  return
  .endr
.endm

.macro ends name
  .irp  count, COUNTS
  exo_passage_end "\name, \count"
  .endr
.endm

/* What takes few cycles stands on one page, behind its first 256 bytes: the lines of the kernel's
 * vectors are no line of a handler or of an instruction that raises an exception, whatever frame the
 * page is in. The name of the coprocessor's says that such an instruction is meant
 * (.ci/check_mips1.py). */
  .balign PAGE_SIZE
  .space 256
  exception_stubs unaligned, "unaligned", nop, lw $v0, 1($sp)
  exception_stubs overflow, "overflow", nop, add $v0, $a0, $a0
  exception_stubs not_mips1_coprocessor, "coprocessor", nop, mfc1 $v0, $f0
  exception_stubs protection, "protection", "lw $0, 0($a0)", sw $0, 0($a0)
  exception_stubs refill, "TLB refill", nop, lw $0, 0($a0)
  exception_stubs guaranteed_refill, "guaranteed TLB refill", nop, lw $0, 0($a0)
  transfer_stubs synchronous, "synchronous transfer"
  transfer_stubs asynchronous, "asynchronous transfer"

/* Where transfers enter: the answer goes back to who has called. */
  .globl scaling_entry
  .type scaling_entry, @function
scaling_entry:
  ends  "synchronous transfer"
  ends  "asynchronous transfer"
  lw    $t0, SCALING_CALLS($0)
  lui   $t1, %hi(EXO_ACALL)
  bne   $t0, $0, 1f
  nop                              # delay slot
  or    $v0, $v0, $t1
  syscall
  break                            # refused
1:
  j     test_entry
  sw    $0, SCALING_CALLS($0)      # delay slot
  .size scaling_entry, . - scaling_entry

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

#define CALL(id, call, name) call_stubs id, call, name;
#define LEAVE(id, call, name) leave_stubs id, call, name;
#define OTHER(id)
  SCALING_STUBS(CALL, LEAVE, OTHER)
  first_access_stubs
  revoke_stubs
  cid_switch_stubs

/* struct Stubs */
#define ENTRY(id, ...) .word id##_\count;
.macro table count
  .globl stubs_\count
  .type stubs_\count, @object
stubs_\count:
  SCALING_STUBS(ENTRY, ENTRY, ENTRY)
  .size stubs_\count, . - stubs_\count
.endm

  .section .rodata
  .balign 4
  .irp  count, COUNTS
  table \count
  .endr
  .text

/* Nothing waits in the write buffer any more. */
.macro settle
  li    $v0, 64
1:
  bne   $v0, $0, 1b
  addiu $v0, $v0, -1               # delay slot
.endm

.macro save_frame
  addiu $sp, $sp, -TEST_YIELD_FRAME
  .irp  number, 16, 17, 18, 19, 20, 21, 22, 23, 30, 31
  sw    $\number, TEST_YIELD_SAVED(\number)
  .endr
  sw    $sp, TEST_YIELD_SP($0)
.endm

/* int32_t scaling_leave(a0, a1, Stub): returns like test_yield. */
  .globl scaling_leave
  .type scaling_leave, @function
scaling_leave:
  save_frame
  settle
  jr    $a2
  nop                              # delay slot
  .size scaling_leave, . - scaling_leave

/* int32_t scaling_transfer(v0, Stub): returns like test_transfer. */
  .globl scaling_transfer
  .type scaling_transfer, @function
scaling_transfer:
  save_frame
  sw    $sp, SCALING_CALLS($0)
  settle
  jr    $a1
  move  $v0, $a0                   # delay slot
  .size scaling_transfer, . - scaling_transfer

  .globl scaling_slice_start
  .type scaling_slice_start, @function
scaling_slice_start:
  ends  "yield"
  ends  "yield past sleepers"
  ends  "yield under revocation"
  ends  "page by force"
  ends  "wakeup"
  j     test_slice_start
  nop                              # delay slot
  .size scaling_slice_start, . - scaling_slice_start

/* The first function of an environment whose life is measured. */
  .globl scaling_life
  .type scaling_life, @function
scaling_life:
  ends  "first instruction"
  j     live
  nop                              # delay slot
  .size scaling_life, . - scaling_life

/* void scaling_has_returned(): what was revoked. */
  .globl scaling_has_returned
  .type scaling_has_returned, @function
scaling_has_returned:
  ends  "visible revocation"
  return
  .size scaling_has_returned, . - scaling_has_returned
