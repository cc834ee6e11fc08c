/* Where the kernel enters the library OS: exceptions, the end of a slice, the start of a slice.
 * All code and data here is pinned: nothing in this file raises an exception. */
#include "exokernel/abi/env.h"
#include "exokernel/abi/syscalls.h"
#include "isa/markers.h"
#include "libos/layout.h"

  .set noreorder
  .set noat
  .text

/* t0-t7, s0-s7, t8, t9, gp */
#define CALLEE_AND_TEMPORARY \
  8, 9, 10, 11, 12, 13, 14, 15, 16, 17, 18, 19, 20, 21, 22, 23, 24, 25, 28

/* An exception of the program.
 *   in:  a0 = EPC, a1 = BadVAddr, a2 = Cause; the program's a0-a2 in the context page, all else in
 *        its registers
 *   out: an ExceptionFrame on the exception stack, above 16 bytes for the callee */
#define FRAME(offset) (16 + (offset))($sp)
#define REGISTER(number) FRAME(EXOS_FRAME_REGISTER(number))
#define STACK_TOP (exos_exception_stack + EXOS_EXCEPTION_STACK_SIZE)
#define STACK_FLOOR (exos_exception_stack + EXOS_EXCEPTION_STACK_RESERVE)

  .globl exos_upcall
  .type exos_upcall, @function
exos_upcall:
  exo_domain_begin "management"
  sw    $a0, EXOS_UPCALL_PC($0)
  sw    $sp, EXOS_UPCALL_SP($0)
  lui   $a0, %hi(STACK_TOP)
  addiu $a0, $a0, %lo(STACK_TOP)
  subu  $a0, $a0, $sp
  sltiu $a0, $a0, EXOS_EXCEPTION_STACK_SIZE
  bne   $a0, $0, 1f                # already on the exception stack: nest
  lui   $a0, %hi(STACK_FLOOR + 16 + EXOS_FRAME_SIZE)           # delay slot
  lui   $sp, %hi(STACK_TOP)
  addiu $sp, $sp, %lo(STACK_TOP)
1:
  addiu $a0, $a0, %lo(STACK_FLOOR + 16 + EXOS_FRAME_SIZE)
  sltu  $a0, $sp, $a0
  bne   $a0, $0, stack_overflow
  lw    $a0, EXOS_UPCALL_PC($0)    # delay slot
  addiu $sp, $sp, -(16 + EXOS_FRAME_SIZE)
  sw    $a1, FRAME(EXOS_FRAME_ADDRESS)
  sw    $a2, FRAME(EXOS_FRAME_CAUSE)
  sw    $a0, FRAME(EXOS_FRAME_PC)
  lw    $a0, EXO_CONTEXT_VA + EXO_CONTEXT_EXCEPTION_A0($0)
  lw    $a1, EXO_CONTEXT_VA + EXO_CONTEXT_EXCEPTION_A1($0)
  lw    $a2, EXO_CONTEXT_VA + EXO_CONTEXT_EXCEPTION_A2($0)
  sw    $a0, REGISTER(4)
  lw    $a0, EXOS_UPCALL_SP($0)
  sw    $a1, REGISTER(5)
  sw    $a2, REGISTER(6)
  sw    $a0, REGISTER(29)
  .irp  number, 0, 1, 2, 3, 7, CALLEE_AND_TEMPORARY, 30, 31
  sw    $\number, REGISTER(\number)
  .endr
  mfhi  $t0
  mflo  $t1
  sw    $t0, FRAME(EXOS_FRAME_HI)
  sw    $t1, FRAME(EXOS_FRAME_LO)
  jal   exos_handle_exception      # void (ExceptionFrame*)
  addiu $a0, $sp, 16               # delay slot

  lw    $a0, FRAME(EXOS_FRAME_PC)
  lw    $t0, FRAME(EXOS_FRAME_HI)
  sw    $a0, EXOS_RESUME_PC($0)
  lw    $t1, FRAME(EXOS_FRAME_LO)
  mthi  $t0
  mtlo  $t1
  .irp  number, 1, 2, 3, 4, 5, 6, 7, CALLEE_AND_TEMPORARY, 30, 31
  lw    $\number, REGISTER(\number)
  .endr
  j     exos_restart_begin
  lw    $sp, REGISTER(29)          # delay slot
  .size exos_upcall, . - exos_upcall

stack_overflow:
  lui   $sp, %hi(STACK_TOP - 16)
  j     exos_exception_stack_overflow    # [[noreturn]] void (EPC, BadVAddr, Cause)
  addiu $sp, $sp, %lo(STACK_TOP - 16)    # delay slot

/* The restart window. Any entry of the kernel loses k1: an interrupt takes the program back to the
 * first instruction of its block, and loads from the context page do not fault. */
  .balign EXO_RESTART_BLOCK
  .globl exos_restart_begin, exos_restart_end
exos_restart_begin:
  lw    $k1, EXOS_RESUME_PC($0)
  nop                              # load delay slot
  jr    $k1
  nop                              # delay slot
  .balign EXO_RESTART_BLOCK
resume_slice:
  lw    $k1, EXOS_SLICE_PC($0)
  nop                              # load delay slot
  jr    $k1
  nop                              # delay slot
  .balign EXO_RESTART_BLOCK
exos_restart_end:

/* Start of a slice: a program that yielded returns from exos_yield, an interrupted one continues
 * where it was. From resume_slice to here the saved context is whole. */
  .globl exos_slice_start
  .type exos_slice_start, @function
exos_slice_start:
  lw    $sp, EXOS_YIELD_SP($0)
  lw    $t0, EXOS_SLICE_HI($0)
  bne   $sp, $0, yield_return
  lw    $t1, EXOS_SLICE_LO($0)     # delay slot
  mthi  $t0
  mtlo  $t1
  .irp  number, 1, 2, 3, 4, 5, 6, 7, CALLEE_AND_TEMPORARY, 29, 30
  lw    $\number, EXOS_SLICE_REGISTER(\number)($0)
  .endr
  j     resume_slice
  lw    $ra, EXOS_SLICE_REGISTER(31)($0)       # delay slot
exos_slice_start_end:
  .size exos_slice_start, . - exos_slice_start

/* End of a slice: save everything and yield, within the grace period.
 *   in: the program's a0-a2 and PC in the context page, all else in its registers */
  .globl exos_slice_end
  .type exos_slice_end, @function
exos_slice_end:
  lw    $a0, EXO_CONTEXT_VA + EXO_CONTEXT_INTERRUPT_PC($0)
  lui   $a1, %hi(resume_slice)
  addiu $a1, $a1, %lo(resume_slice)
  subu  $a1, $a0, $a1
  sltiu $a1, $a1, exos_slice_start_end - resume_slice
  bne   $a1, $0, end_slice         # was about to continue: what was saved then is still whole
  lw    $a1, EXO_CONTEXT_VA + EXO_CONTEXT_INTERRUPT_A1($0)     # delay slot
  sw    $a0, EXOS_SLICE_PC($0)
  sw    $at, EXOS_SLICE_REGISTER(1)($0)
  lw    $a0, EXO_CONTEXT_VA + EXO_CONTEXT_INTERRUPT_A0($0)
  lw    $a2, EXO_CONTEXT_VA + EXO_CONTEXT_INTERRUPT_A2($0)
  .irp  number, 2, 3, 4, 5, 6, 7, CALLEE_AND_TEMPORARY, 29, 30, 31
  sw    $\number, EXOS_SLICE_REGISTER(\number)($0)
  .endr
  mfhi  $t0
  mflo  $t1
  sw    $t0, EXOS_SLICE_HI($0)
  sw    $t1, EXOS_SLICE_LO($0)
  lui   $a1, %hi(yield_again)
  lw    $a0, EXO_CONTEXT_VA + EXO_CONTEXT_INTERRUPT_PC($0)
  addiu $a1, $a1, %lo(yield_again)
  subu  $a0, $a0, $a1
  sltiu $a0, $a0, yield_done - yield_again
  beq   $a0, $0, end_slice
  lw    $a0, EXOS_SLICE_REGISTER(4)($0)        # delay slot
  nop                              # load delay slot
  beq   $a0, $0, end_slice         # EXO_YIELD_NEXT: this end is what it asks for
  nop                              # delay slot
  sw    $0, EXOS_YIELD_SP($0)      # a directed yield is made again in the next slice
  sw    $a1, EXOS_SLICE_PC($0)
end_slice:
  li    $v0, EXO_SYS_yield
  li    $a0, EXO_YIELD_NEXT
  syscall                          # does not return
  .size exos_slice_end, . - exos_slice_end

/* int32_t exos_yield(uint32_t environment): yields of the program's own will. Only what a function
 * call preserves is saved, on the program's stack. If the slice ends before the call is made, that
 * end takes the place of EXO_YIELD_NEXT (0): the next slice returns from here all the same. */
#define YIELD_FRAME 64
#define YIELD_SAVED(number) (4 * ((number) - 16))($sp)
  .globl exos_yield
  .type exos_yield, @function
exos_yield:
  addiu $sp, $sp, -YIELD_FRAME
  .irp  number, 16, 17, 18, 19, 20, 21, 22, 23, 30, 31
  sw    $\number, YIELD_SAVED(\number)
  .endr
yield_again:
  sw    $sp, EXOS_YIELD_SP($0)
  li    $v0, EXO_SYS_yield
  syscall                          # returns here only with an error
  b     1f
  sw    $0, EXOS_YIELD_SP($0)      # delay slot
yield_done:
yield_return:
  sw    $0, EXOS_YIELD_SP($0)
  li    $v0, 0
1:
  .irp  number, 31, 16, 17, 18, 19, 20, 21, 22, 23, 30
  lw    $\number, YIELD_SAVED(\number)
  .endr
  jr    $ra
  addiu $sp, $sp, YIELD_FRAME      # delay slot
  exo_domain_end "management"
  .size exos_yield, . - exos_yield

  .bss
  .balign 8
  .globl exos_exception_stack
exos_exception_stack:
  .space EXOS_EXCEPTION_STACK_SIZE
