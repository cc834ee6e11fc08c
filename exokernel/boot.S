/* The kernel's first instructions, and its way out of C++ into an environment. */
#include "exokernel/processor.h"
#include "isa/machine/cp0.h"
#include "isa/markers.h"

  .set noreorder
  .set noat
  .text

/* From the boot PROM (isa/machine/boot.h): a2 = BOOT_MAGIC, a3 = boot information. */
  .globl _start
  .type _start, @function
_start:
  lui   $sp, %hi(kernel_stack + KERNEL_STACK_SIZE - 16)
  addiu $sp, $sp, %lo(kernel_stack + KERNEL_STACK_SIZE - 16)
  move  $a0, $a2
  jal   kernel_main                # [[noreturn]] void (uint32_t magic, const uint32_t* boot_info)
  move  $a1, $a3                   # delay slot
  break
  .size _start, . - _start

/* [[noreturn]] void enter_user(pc, EntryHi, Status): continues an environment at `pc` in
 * the mode that Status holds as the previous one. No register keeps a value of the kernel or of
 * another environment. */
  .globl enter_user
  .type enter_user, @function
enter_user:
  exo_domain_begin "protection"
  move  $k1, $a0
  mtc0  $a1, $CP0_ENTRYHI
  mtc0  $a2, $CP0_STATUS
  move  $at, $0
  move  $v0, $0
  move  $v1, $0
  move  $a0, $0
  move  $a1, $0
  move  $a2, $0
  move  $a3, $0
  move  $t0, $0
  move  $t1, $0
  move  $t2, $0
  move  $t3, $0
  move  $t4, $0
  move  $t5, $0
  move  $t6, $0
  move  $t7, $0
  move  $s0, $0
  move  $s1, $0
  move  $s2, $0
  move  $s3, $0
  move  $s4, $0
  move  $s5, $0
  move  $s6, $0
  move  $s7, $0
  move  $t8, $0
  move  $t9, $0
  move  $gp, $0
  move  $sp, $0
  move  $fp, $0
  move  $ra, $0
  mthi  $0
  mtlo  $0
  jr    $k1
  rfe                              # delay slot
  exo_domain_end "protection"
  .size enter_user, . - enter_user
