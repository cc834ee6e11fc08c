/* Start-up and upcalls of the kernel's tests. Everything is pinned. */
#include "exokernel/abi/env.h"
#include "exokernel/abi/syscalls.h"
#include "exokernel/tests/harness/layout.h"
#include "isa/machine/exceptions.h"

  .set noreorder
  .set noat
  .text

#define ALL_BUT_A0_A1_A2 \
  1, 2, 3, 7, 8, 9, 10, 11, 12, 13, 14, 15, 16, 17, 18, 19, 20, 21, 22, 23, 24, 25, 28, 29, 30, 31

  .globl _start
  .type _start, @function
_start:
  lui   $sp, %hi(test_stack_top - 16)
  addiu $sp, $sp, %lo(test_stack_top - 16)
  .irp  code, 1, 2, 3, 4, 5, 6, 7, 8, 9, 10, 11, 12
  lui   $t0, %hi(test_upcall)
  addiu $t0, $t0, %lo(test_upcall)
  sw    $t0, (EXO_CONTEXT_VA + EXO_CONTEXT_HANDLERS + 4 * \code)($0)
  .endr
  lui   $t0, %hi(test_slice_end)
  addiu $t0, $t0, %lo(test_slice_end)
  sw    $t0, (EXO_CONTEXT_VA + EXO_CONTEXT_SLICE_END)($0)
  lui   $t0, %hi(test_slice_start)
  addiu $t0, $t0, %lo(test_slice_start)
  sw    $t0, (EXO_CONTEXT_VA + EXO_CONTEXT_SLICE_START)($0)
  lui   $t0, %hi(restart_begin)
  addiu $t0, $t0, %lo(restart_begin)
  sw    $t0, (EXO_CONTEXT_VA + EXO_CONTEXT_RESTART_BEGIN)($0)
  addiu $t0, $t0, 2 * EXO_RESTART_BLOCK
  sw    $t0, (EXO_CONTEXT_VA + EXO_CONTEXT_RESTART_END)($0)
  jal   run_tests
  nop                              # delay slot
  jal   test_finish
  nop                              # delay slot
  .size _start, . - _start

/* Where a child begins (child.hpp): its stack and function are words of its context page. */
  .globl test_child_start
  .type test_child_start, @function
test_child_start:
  lui   $t0, %hi(test_slice_start)
  addiu $t0, $t0, %lo(test_slice_start)
  sw    $t0, (EXO_CONTEXT_VA + EXO_CONTEXT_SLICE_START)($0)
  lw    $t9, TEST_CHILD_FUNCTION($0)
  lw    $sp, TEST_CHILD_STACK($0)
  jalr  $t9
  nop                              # delay slot
  jal   test_child_finish
  nop                              # delay slot
  .size test_child_start, . - test_child_start

/* An exception: write it down and skip the instruction. */
  .globl test_upcall
  .type test_upcall, @function
test_upcall:
  sw    $a0, TEST_CAUGHT_PC($0)
  sw    $a1, TEST_CAUGHT_ADDRESS($0)
  sw    $a2, TEST_CAUGHT_CAUSE($0)
  lw    $a1, TEST_CAUGHT_COUNT($0)
  addiu $a0, $a0, 4
  addiu $a1, $a1, 1
  sw    $a1, TEST_CAUGHT_COUNT($0)
  sw    $a0, TEST_RESUME_PC($0)
  lw    $a0, (EXO_CONTEXT_VA + EXO_CONTEXT_EXCEPTION_A0)($0)
  lw    $a1, (EXO_CONTEXT_VA + EXO_CONTEXT_EXCEPTION_A1)($0)
  j     restart_begin
  lw    $a2, (EXO_CONTEXT_VA + EXO_CONTEXT_EXCEPTION_A2)($0)   # delay slot
  .balign EXO_RESTART_BLOCK
  .globl test_resume
test_resume:                       # at TEST_RESUME_PC
restart_begin:
  lw    $k1, TEST_RESUME_PC($0)
  nop                              # load delay slot
  jr    $k1
  nop                              # delay slot
  .balign EXO_RESTART_BLOCK
resume_slice:
  lw    $k1, TEST_SLICE_PC($0)
  nop                              # load delay slot
  jr    $k1
  nop                              # delay slot
  .balign EXO_RESTART_BLOCK
  .size test_upcall, . - test_upcall

/* At the start of a slice with a notice: the function of on_notice on a stack of its own, then as
 * without a notice. The notice's slice must not end in here. */
  .globl test_notice
  .type test_notice, @function
test_notice:
  lw    $t9, TEST_NOTICE_FUNCTION($0)
  lui   $sp, %hi(test_notice_stack_top - 16)
  jalr  $t9
  addiu $sp, $sp, %lo(test_notice_stack_top - 16)   # delay slot
  .irp number, 2, 3, 4, 5, 6, 7, 8, 9, 10, 11, 12, 13, 14, 15, 24, 25, 1, 29, 31
  move  $\number, $0
  .endr
  mthi  $0
  mtlo  $0
  .size test_notice, . - test_notice

  .globl test_slice_start
  .type test_slice_start, @function
test_slice_start:
  .irp  number, 3, 4, 5, 6, 7, 8, 9, 10, 11, 12, 13, 14, 15, 16, 17, 18, 19, 20, 21, 22, 23
  or    $2, $2, $\number
  .endr
  .irp  number, 1, 24, 25, 28, 29, 30, 31
  or    $2, $2, $\number
  .endr
  lw    $3, TEST_START_REGISTERS($0)
  mfhi  $4
  or    $2, $2, $3
  mflo  $5
  or    $2, $2, $4
  or    $2, $2, $5
  sw    $2, TEST_START_REGISTERS($0)
  lw    $sp, TEST_YIELD_SP($0)
  lw    $t0, TEST_SLICE_HI($0)
  bne   $sp, $0, yield_return
  lw    $t1, TEST_SLICE_LO($0)     # delay slot
  mthi  $t0
  mtlo  $t1
  .irp  number, 4, 5, 6, ALL_BUT_A0_A1_A2
  lw    $\number, TEST_SLICE_REGISTER(\number)($0)
  .endr
  j     resume_slice
  nop                              # delay slot
  .globl test_entry_anywhere
test_entry_anywhere:
  lw    $sp, TEST_YIELD_SP($0)
  nop                              # load delay slot
  bne   $sp, $0, test_entry
  nop                              # delay slot
  b     test_slice_start
  nop                              # delay slot
test_slice_start_end:

  .globl test_slice_end
  .type test_slice_end, @function
test_slice_end:
  lw    $a0, (EXO_CONTEXT_VA + EXO_CONTEXT_INTERRUPT_PC)($0)
  lui   $a1, %hi(resume_slice)
  addiu $a1, $a1, %lo(resume_slice)
  subu  $a1, $a0, $a1
  sltiu $a1, $a1, test_slice_start_end - resume_slice
  bne   $a1, $0, 1f
  lw    $a1, (EXO_CONTEXT_VA + EXO_CONTEXT_INTERRUPT_A1)($0)   # delay slot
  sw    $a0, TEST_SLICE_PC($0)
  lw    $a0, (EXO_CONTEXT_VA + EXO_CONTEXT_INTERRUPT_A0)($0)
  lw    $a2, (EXO_CONTEXT_VA + EXO_CONTEXT_INTERRUPT_A2)($0)
  .irp  number, 4, 5, 6, ALL_BUT_A0_A1_A2
  sw    $\number, TEST_SLICE_REGISTER(\number)($0)
  .endr
  mfhi  $t0
  mflo  $t1
  sw    $t0, TEST_SLICE_HI($0)
  sw    $t1, TEST_SLICE_LO($0)
  lw    $a0, (EXO_CONTEXT_VA + EXO_CONTEXT_INTERRUPT_PC)($0)
  lui   $a1, %hi(test_yield_refused)
  addiu $a1, $a1, %lo(test_yield_refused)
  bne   $a0, $a1, 1f
  nop                              # delay slot
  sw    $0, TEST_YIELD_SP($0)      # continue there: the error is in v0
1:
  lw    $t0, TEST_SLICES($0)
  li    $v0, EXO_SYS_yield
  addiu $t0, $t0, 1
  sw    $t0, TEST_SLICES($0)
  li    $a0, EXO_YIELD_NEXT
  syscall                          # does not return
  .size test_slice_end, . - test_slice_end

/* int32_t test_yield(uint32_t environment)
 * int32_t test_transfer(uint32_t v0)
 * Whichever call it is in, the environment returns from it at its next slice_start, with 0, or when
 * it is entered by a transfer, with the v0 of that. */
  .globl test_transfer
  .type test_transfer, @function
test_transfer:
  b     1f
  move  $v0, $a0                   # delay slot
  .globl test_yield
  .type test_yield, @function
test_yield:
  b     1f
  li    $v0, EXO_SYS_yield         # delay slot
  .globl test_sleep
  .type test_sleep, @function
test_sleep:
  li    $v0, EXO_SYS_sleep
1:
  addiu $sp, $sp, -TEST_YIELD_FRAME
  .irp  number, 16, 17, 18, 19, 20, 21, 22, 23, 30, 31
  sw    $\number, TEST_YIELD_SAVED(\number)
  .endr
  sw    $sp, TEST_YIELD_SP($0)
  syscall
  .globl test_yield_refused
test_yield_refused:                # with the error in v0
  b     1f
  sw    $0, TEST_YIELD_SP($0)      # delay slot
  .globl test_entry
test_entry:
  lw    $sp, TEST_YIELD_SP($0)
  b     1f
  sw    $0, TEST_YIELD_SP($0)      # delay slot
yield_return:
  sw    $0, TEST_YIELD_SP($0)
  li    $v0, 0
1:
  .irp  number, 31, 16, 17, 18, 19, 20, 21, 22, 23, 30
  lw    $\number, TEST_YIELD_SAVED(\number)
  .endr
  jr    $ra
  addiu $sp, $sp, TEST_YIELD_FRAME # delay slot
  .size test_yield, . - test_yield
  .size test_sleep, . - test_sleep
  .size test_transfer, . - test_transfer
  .globl test_harness_end
test_harness_end:

  .bss
  .balign 8
  .space 4096
test_stack_top:
  .space 1024
test_notice_stack_top:
