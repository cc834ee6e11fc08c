/* uint32_t cold_leaf(uint32_t value): value + 1. */
#include "isa/markers.h"

  .set noreorder
  .text

  .globl cold_leaf
  .type cold_leaf, @function
cold_leaf:
  exo_op_begin_cold "cold leaf"
  addiu $v0, $a0, 1
  exo_op_end "cold leaf"
  jr    $ra
  nop
  .size cold_leaf, . - cold_leaf
