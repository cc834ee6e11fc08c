/* Kernel calls: from the general vector, for the instruction `syscall`.
 *   in: v0 = number, a0-a3 and t0-t3 = arguments, k1 = EPC */
#include "exokernel/abi/errors.h"
#include "exokernel/abi/syscalls.h"
#include "exokernel/call_frame.h"
#include "exokernel/processor.h"
#include "isa/machine/cp0.h"
#include "isa/markers.h"

  .set noreorder
  .set noat
  .text

/* To the entry of the call.
 *   in:  k1 = EPC
 *   out: k1 = where the caller continues, k0 = 8 * number */
  .globl kernel_call
  .type kernel_call, @function
kernel_call:
  exo_domain_begin "protection"
  bltz  $v0, transfer
  sltiu $k0, $v0, EXO_SYSCALL_COUNT    # delay slot
  beq   $k0, $0, bad_call
  sll   $k0, $v0, 3                # delay slot
  lw    $k0, CALL_TABLE($k0)
  addiu $k1, $k1, 4
  jr    $k0
  sll   $k0, $v0, 3                # delay slot

bad_call:
  li    $v0, -EXO_ERROR_BAD_CALL
  addiu $k1, $k1, 4
  jr    $k1
  rfe                              # delay slot

/* FAST call 0: its number is its result. */
  .globl fast_null
fast_null:
  jr    $k1
  rfe                              # delay slot
  exo_domain_end "protection"
  .size kernel_call, . - kernel_call

/* Calls in C++ on the kernel stack, void (CallFrame&). What C++ may change is saved, or is the
 * caller's to lose. They are entered where the first word of their arguments is stored.
 *   in: k0 = 8 * number, k1 = where the caller continues */
.macro store_argument kind, words, register
  .globl \kind\()_\words
\kind\()_\words:
  sw    \register, CALL_FRAME(CALL_FRAME_A0 + 4 * (\words - 1))($0)
.endm
.macro store_arguments kind
  store_argument \kind, 8, $t3
  store_argument \kind, 7, $t2
  store_argument \kind, 6, $t1
  store_argument \kind, 5, $t0
  store_argument \kind, 4, $a3
  store_argument \kind, 3, $a2
.endm

/* Saves sp, ra and the PC, and calls. k1 and t9 are free then. */
.macro run_call
  lw    $t9, (CALL_TABLE + 4)($k0)
  sw    $sp, CALL_FRAME(CALL_FRAME_SP)($0)
  sw    $ra, CALL_FRAME(CALL_FRAME_RA)($0)
  sw    $k1, CALL_FRAME(CALL_FRAME_PC)($0)
  lui   $sp, %hi(kernel_stack + KERNEL_STACK_SIZE - 16)
  addiu $sp, $sp, %lo(kernel_stack + KERNEL_STACK_SIZE - 16)
  jalr  $t9
  addiu $a0, $0, CALL_FRAME(0)     # delay slot
.endm

/* PLAIN: C++ that meets no secrets. What it leaves in the registers that a function may change is
 * left there. */
  .type plain_call, @function
plain_call:
  exo_domain_begin "protection"
  store_arguments plain_call
  store_argument plain_call, 2, $a1
  store_argument plain_call, 1, $a0
  .globl plain_call_0
plain_call_0:
  run_call
  lw    $k0, CALL_FRAME(CALL_FRAME_PC)($0)
  lw    $v0, CALL_FRAME(CALL_FRAME_V0)($0)
  lw    $ra, CALL_FRAME(CALL_FRAME_RA)($0)
  lw    $sp, CALL_FRAME(CALL_FRAME_SP)($0)
  jr    $k0
  rfe                              # delay slot
  exo_domain_end "protection"
  .size plain_call, . - plain_call

/* Stores what comes back, and all arguments. */
.macro call_with_secrets kind
  store_arguments \kind
  .globl \kind\()_2, \kind\()_1, \kind\()_0
\kind\()_2:
\kind\()_1:
\kind\()_0:
  sw    $a1, CALL_FRAME(CALL_FRAME_A0 + 4)($0)
  sw    $a0, CALL_FRAME(CALL_FRAME_A0)($0)
  sw    $v1, CALL_FRAME(CALL_FRAME_V1)($0)
  run_call
.endm

/* SAVED: C++ that may meet secrets, check values of capabilities above all: every register that it
 * may have changed is a result, the caller's own, or 0. */
  .type saved_call, @function
saved_call:
  exo_domain_begin "protection"
  call_with_secrets saved_call
  lw    $k0, CALL_FRAME(CALL_FRAME_PC)($0)
  lw    $v0, CALL_FRAME(CALL_FRAME_V0)($0)
  lw    $v1, CALL_FRAME(CALL_FRAME_V1)($0)
saved_results:
  lw    $a0, CALL_FRAME(CALL_FRAME_A0)($0)
  lw    $a1, CALL_FRAME(CALL_FRAME_A0 + 4)($0)
  lw    $ra, CALL_FRAME(CALL_FRAME_RA)($0)
  lw    $sp, CALL_FRAME(CALL_FRAME_SP)($0)
  move  $at, $0
  move  $a2, $0
  move  $a3, $0
  move  $t0, $0
  move  $t1, $0
  move  $t2, $0
  move  $t3, $0
saved_rest:
  move  $t4, $0
  move  $t5, $0
  move  $t6, $0
  move  $t7, $0
  move  $t8, $0
  move  $t9, $0
  mthi  $0
  mtlo  $0
  jr    $k0
  rfe                              # delay slot
  exo_domain_end "protection"
  .size saved_call, . - saved_call

/* REPEATED: the same, but C++ may want the call to be made again (exokernel/repeated_call.hpp). Then
 * the caller is at its `syscall`, with its arguments, and an interrupt can come first. */
  .type repeated_call, @function
repeated_call:
  exo_domain_begin "protection"
  call_with_secrets repeated_call
  lw    $k0, CALL_FRAME(CALL_FRAME_PC)($0)
  lw    $v0, CALL_FRAME(CALL_FRAME_V0)($0)
  bne   $k0, $0, saved_results
  lw    $v1, CALL_FRAME(CALL_FRAME_V1)($0)     # delay slot
  mfc0  $k0, $CP0_EPC
  lw    $a0, CALL_FRAME(CALL_FRAME_A0)($0)
  lw    $a1, CALL_FRAME(CALL_FRAME_A0 + 4)($0)
  lw    $a2, CALL_FRAME(CALL_FRAME_A0 + 8)($0)
  lw    $a3, CALL_FRAME(CALL_FRAME_A0 + 12)($0)
  lw    $t0, CALL_FRAME(CALL_FRAME_T0)($0)
  lw    $t1, CALL_FRAME(CALL_FRAME_T0 + 4)($0)
  lw    $t2, CALL_FRAME(CALL_FRAME_T0 + 8)($0)
  lw    $t3, CALL_FRAME(CALL_FRAME_T0 + 12)($0)
  lw    $ra, CALL_FRAME(CALL_FRAME_RA)($0)
  lw    $sp, CALL_FRAME(CALL_FRAME_SP)($0)
  b     saved_rest
  move  $at, $0                    # delay slot
  exo_domain_end "protection"
  .size repeated_call, . - repeated_call
