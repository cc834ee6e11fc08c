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
  sltiu $k0, $v0, EXO_SYSCALL_COUNT
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

/* SAVED calls: C++ on the kernel stack, void (CallFrame&). What C++ may change is saved, or is the
 * caller's to lose and comes back as 0. */
  .globl saved_call
saved_call:
  lw    $t9, (CALL_TABLE + 4)($k0)
  sw    $a0, CALL_FRAME(CALL_FRAME_A0)($0)
  sw    $a1, CALL_FRAME(CALL_FRAME_A0 + 4)($0)
  sw    $a2, CALL_FRAME(CALL_FRAME_A0 + 8)($0)
  sw    $a3, CALL_FRAME(CALL_FRAME_A0 + 12)($0)
  sw    $t0, CALL_FRAME(CALL_FRAME_T0)($0)
  sw    $t1, CALL_FRAME(CALL_FRAME_T0 + 4)($0)
  sw    $t2, CALL_FRAME(CALL_FRAME_T0 + 8)($0)
  sw    $t3, CALL_FRAME(CALL_FRAME_T0 + 12)($0)
  sw    $v1, CALL_FRAME(CALL_FRAME_V1)($0)
  sw    $sp, CALL_FRAME(CALL_FRAME_SP)($0)
  sw    $ra, CALL_FRAME(CALL_FRAME_RA)($0)
  sw    $k1, CALL_FRAME(CALL_FRAME_PC)($0)
  lui   $sp, %hi(kernel_stack + KERNEL_STACK_SIZE - 16)
  addiu $sp, $sp, %lo(kernel_stack + KERNEL_STACK_SIZE - 16)
  lui   $a0, %hi(kernel_block + KERNEL_BLOCK_CALL_FRAME)
  jalr  $t9
  addiu $a0, $a0, %lo(kernel_block + KERNEL_BLOCK_CALL_FRAME)    # delay slot

  lw    $k0, CALL_FRAME(CALL_FRAME_PC)($0)
  lw    $v0, CALL_FRAME(CALL_FRAME_V0)($0)
  lw    $v1, CALL_FRAME(CALL_FRAME_V1)($0)
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
  move  $at, $0
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
  .size kernel_call, . - kernel_call
