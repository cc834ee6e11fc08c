/* The program's entry point. No page is mapped yet but the pinned ones. */
#include "libos/layout.h"

  .set noreorder
  .set noat
  .text

  .globl _start
  .type _start, @function
_start:
  lui   $sp, %hi(exos_exception_stack + EXOS_EXCEPTION_STACK_SIZE - 16)
  jal   exos_start                 # void (): handlers and page table
  addiu $sp, $sp, %lo(exos_exception_stack + EXOS_EXCEPTION_STACK_SIZE - 16)   # delay slot
  lui   $sp, %hi(EXOS_STACK_TOP - 16)
  j     exos_run_program           # [[noreturn]] void ()
  addiu $sp, $sp, %lo(EXOS_STACK_TOP - 16)     # delay slot
  .size _start, . - _start
