/* Kernel calls: from the general vector, for the instruction `syscall`.
 *   in: v0 = number, a0-a3 and t0-t3 = arguments, k0 = context page */
#include "exokernel/abi/env.h"
#include "exokernel/abi/errors.h"
#include "exokernel/abi/syscalls.h"
#include "exokernel/call_frame.h"
#include "exokernel/processor.h"
#include "exokernel/transfer.h"
#include "isa/machine/cp0.h"
#include "isa/markers.h"

  .set noreorder
  .set noat
  .text

/* To the entry of the call, with k0 = where the caller continues; k1 is free. */
  .globl kernel_call
  .type kernel_call, @function
kernel_call:
  exo_domain_begin "protection"
  sltiu $k1, $v0, EXO_SYSCALL_COUNT
  beq   $k1, $0, bad_call
  sll   $k1, $v0, 2                # delay slot
  lui   $k0, %hi(call_entries)
  addu  $k1, $k1, $k0
  lw    $k1, %lo(call_entries)($k1)
  mfc0  $k0, $CP0_EPC
  jr    $k1
  addiu $k0, $k0, 4                # delay slot

bad_call:
  mfc0  $k0, $CP0_EPC
  li    $v0, -EXO_ERROR_BAD_CALL
  addiu $k0, $k0, 4
  jr    $k0
  rfe                              # delay slot

/* FAST call 0: its number is its result. */
fast_null:
  jr    $k0
  rfe                              # delay slot

/* SAVED calls: C++ on the kernel stack, void (CallFrame&). What C++ may change is saved, or is the
 * caller's to lose and comes back as 0. The table of functions is indexed by v0. */
saved_call:
  lui   $k1, %hi(kernel_stack + KERNEL_STACK_SIZE - CALL_FRAME_SIZE)
  addiu $k1, $k1, %lo(kernel_stack + KERNEL_STACK_SIZE - CALL_FRAME_SIZE)
  sw    $a0, CALL_FRAME_A0($k1)
  sw    $a1, CALL_FRAME_A0 + 4($k1)
  sw    $a2, CALL_FRAME_A0 + 8($k1)
  sw    $a3, CALL_FRAME_A0 + 12($k1)
  sw    $t0, CALL_FRAME_T0($k1)
  sw    $t1, CALL_FRAME_T0 + 4($k1)
  sw    $t2, CALL_FRAME_T0 + 8($k1)
  sw    $t3, CALL_FRAME_T0 + 12($k1)
  sw    $v1, CALL_FRAME_V1($k1)
  sw    $sp, CALL_FRAME_SP($k1)
  sw    $ra, CALL_FRAME_RA($k1)
  sw    $k0, CALL_FRAME_PC($k1)
  sll   $v0, $v0, 2
  lui   $t9, %hi(call_functions)
  addu  $t9, $t9, $v0
  lw    $t9, %lo(call_functions)($t9)
  lui   $t0, %hi(processor)
  lui   $t1, %hi(kernel_context)
  addiu $t1, $t1, %lo(kernel_context)
  sw    $t1, %lo(processor + PROCESSOR_CONTEXT)($t0)
  addiu $sp, $k1, -16
  jalr  $t9
  move  $a0, $k1                   # delay slot

  lui   $k0, %hi(processor)
  lw    $t0, %lo(processor + PROCESSOR_CURRENT)($k0)
  lui   $t1, %hi(transfer_records)
  addu  $t0, $t0, $t1
  lw    $t0, %lo(transfer_records)($t0)    # context
  addiu $k1, $sp, 16
  sw    $t0, %lo(processor + PROCESSOR_CONTEXT)($k0)
  lw    $k0, CALL_FRAME_PC($k1)
  lw    $v0, CALL_FRAME_V0($k1)
  lw    $v1, CALL_FRAME_V1($k1)
  lw    $a0, CALL_FRAME_A0($k1)
  lw    $a1, CALL_FRAME_A0 + 4($k1)
  lw    $a2, CALL_FRAME_A0 + 8($k1)
  lw    $a3, CALL_FRAME_A0 + 12($k1)
  lw    $t0, CALL_FRAME_T0($k1)
  lw    $t1, CALL_FRAME_T0 + 4($k1)
  lw    $t2, CALL_FRAME_T0 + 8($k1)
  lw    $t3, CALL_FRAME_T0 + 12($k1)
  lw    $ra, CALL_FRAME_RA($k1)
  lw    $sp, CALL_FRAME_SP($k1)
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

#define ENTRY_FAST(name) fast_##name
#define ENTRY_SAVED(name) saved_call
#define FUNCTION_FAST(name) 0
#define FUNCTION_SAVED(name) sys_##name

  .section .rodata
  .balign 4
call_entries:
#define EXO_SYSCALL(number, name, kind, arguments, documentation) .word ENTRY_##kind(name);
#include "exokernel/abi/syscalls.def"
#undef EXO_SYSCALL
call_functions:
#define EXO_SYSCALL(number, name, kind, arguments, documentation) .word FUNCTION_##kind(name);
#include "exokernel/abi/syscalls.def"
#undef EXO_SYSCALL
