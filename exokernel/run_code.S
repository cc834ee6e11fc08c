/* Runs downloaded code that has been verified and translated: code_translator.hpp. */
#include "isa/markers.h"

  .set noreorder
  .set noat
  .text

/* uint32_t run_code(const uint32_t* translation, void* window, const uint32_t arguments[4])
 *   the translation's: at, v0, v1, a0-a3, t0-t7, HI, LO; nothing of the caller's remains in them
 *   t8 = address within the window, at first the translation; t9 = window; ra = back to here
 *   sp and s0 to s7, gp, fp are not reached by it */
  .globl run_code
  .type run_code, @function
run_code:
  addiu $sp, $sp, -24
  sw    $ra, 20($sp)
  move  $t8, $a0
  move  $t9, $a1
  lw    $a0, 0($a2)
  lw    $a1, 4($a2)
  lw    $a3, 12($a2)
  lw    $a2, 8($a2)
  move  $at, $0
  move  $v0, $0
  move  $v1, $0
  move  $t0, $0
  move  $t1, $0
  move  $t2, $0
  move  $t3, $0
  move  $t4, $0
  move  $t5, $0
  move  $t6, $0
  move  $t7, $0
  mthi  $0
  jalr  $t8
  mtlo  $0                         # delay slot
  lw    $ra, 20($sp)
  nop                              # load delay slot
  jr    $ra
  addiu $sp, $sp, 24               # delay slot
  .size run_code, . - run_code
