/* An exception in kernel mode: a fault of the kernel's own.
 *   in: a0 = EPC, k0 = context page with the kernel's a0 in the place of the environment's */
#include "exokernel/abi/env.h"
#include "exokernel/processor.h"
#include "isa/machine/cp0.h"

  .set noreorder
  .set noat
  .text

/* Saves the registers for the last words, in the order of their numbers, and takes a stack of its
 * own: the kernel's may be the reason. */
  .globl kernel_exception
  .type kernel_exception, @function
kernel_exception:
  lw    $k1, EXO_CONTEXT_EXCEPTION_A0($k0)
  lui   $k0, %hi(panic_registers)
  addiu $k0, $k0, %lo(panic_registers)
  sw    $0, 0($k0)
  sw    $at, 4($k0)
  sw    $v0, 8($k0)
  sw    $v1, 12($k0)
  sw    $k1, 16($k0)
  sw    $a1, 20($k0)
  sw    $a2, 24($k0)
  mfc0  $a1, $CP0_BADVADDR
  mfc0  $a2, $CP0_CAUSE
  sw    $a3, 28($k0)
  sw    $t0, 32($k0)
  sw    $t1, 36($k0)
  sw    $t2, 40($k0)
  sw    $t3, 44($k0)
  sw    $t4, 48($k0)
  sw    $t5, 52($k0)
  sw    $t6, 56($k0)
  sw    $t7, 60($k0)
  sw    $s0, 64($k0)
  sw    $s1, 68($k0)
  sw    $s2, 72($k0)
  sw    $s3, 76($k0)
  sw    $s4, 80($k0)
  sw    $s5, 84($k0)
  sw    $s6, 88($k0)
  sw    $s7, 92($k0)
  sw    $t8, 96($k0)
  sw    $t9, 100($k0)
  sw    $k0, 104($k0)
  sw    $k1, 108($k0)
  sw    $gp, 112($k0)
  sw    $sp, 116($k0)
  sw    $fp, 120($k0)
  sw    $ra, 124($k0)
  lui   $sp, %hi(panic_stack + KERNEL_STACK_SIZE - 16)
  j     panic_on_exception         # [[noreturn]] void (EPC, BadVAddr, Cause)
  addiu $sp, $sp, %lo(panic_stack + KERNEL_STACK_SIZE - 16)   # delay slot
  .size kernel_exception, . - kernel_exception

  .bss
  .globl kernel_context, kernel_stack, panic_stack, panic_registers
  .balign 64
/* Of scaled id 0: where an exception before the first environment has run leaves a0. */
kernel_context:
  .space EXO_CONTEXT_USER
kernel_stack:
  .space KERNEL_STACK_SIZE
panic_stack:
  .space KERNEL_STACK_SIZE
panic_registers:
  .space 32 * 4
