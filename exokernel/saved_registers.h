/* All registers that C++ may change, on the kernel stack: for the paths that may take nothing from
 * the program and are not kernel calls. Above the 16 bytes that the o32 convention gives to the
 * callee. */
#ifndef EXOKERNEL_SAVED_REGISTERS_H
#define EXOKERNEL_SAVED_REGISTERS_H

#ifdef __ASSEMBLER__

#define SAVED_FRAME_SIZE (16 + 21 * 4 + 4)
#define SAVED_REGISTERS 16 /* offset from sp */

/* At the top of the kernel's stack; k1 and sp are its frame then. Uses k1. */
.macro save_registers
  lui   $k1, %hi(kernel_stack + KERNEL_STACK_SIZE - SAVED_FRAME_SIZE)
  addiu $k1, $k1, %lo(kernel_stack + KERNEL_STACK_SIZE - SAVED_FRAME_SIZE)
  sw    $at, 16($k1)
  sw    $v0, 20($k1)
  sw    $v1, 24($k1)
  sw    $a0, 28($k1)
  sw    $a1, 32($k1)
  sw    $a2, 36($k1)
  sw    $a3, 40($k1)
  sw    $t0, 44($k1)
  sw    $t1, 48($k1)
  sw    $t2, 52($k1)
  sw    $t3, 56($k1)
  sw    $t4, 60($k1)
  sw    $t5, 64($k1)
  sw    $t6, 68($k1)
  sw    $t7, 72($k1)
  sw    $t8, 76($k1)
  sw    $t9, 80($k1)
  sw    $ra, 84($k1)
  sw    $sp, 88($k1)
  mfhi  $t0
  mflo  $t1
  sw    $t0, 92($k1)
  sw    $t1, 96($k1)
  move  $sp, $k1
.endm

/* From the frame at sp. Uses k1. */
.macro restore_registers
  move  $k1, $sp
  lw    $t0, 92($k1)
  lw    $t1, 96($k1)
  mthi  $t0
  mtlo  $t1
  lw    $at, 16($k1)
  lw    $v0, 20($k1)
  lw    $v1, 24($k1)
  lw    $a0, 28($k1)
  lw    $a1, 32($k1)
  lw    $a2, 36($k1)
  lw    $a3, 40($k1)
  lw    $t0, 44($k1)
  lw    $t1, 48($k1)
  lw    $t2, 52($k1)
  lw    $t3, 56($k1)
  lw    $t4, 60($k1)
  lw    $t5, 64($k1)
  lw    $t6, 68($k1)
  lw    $t7, 72($k1)
  lw    $t8, 76($k1)
  lw    $t9, 80($k1)
  lw    $ra, 84($k1)
  lw    $sp, 88($k1)
.endm

#else
#include <cstdint>

namespace aegis {

struct SavedRegisters {
  uint32_t at;
  uint32_t v[2];
  uint32_t a[4];
  uint32_t t[10];
  uint32_t ra, sp, hi, lo;
};

static_assert(sizeof(SavedRegisters) == 21 * 4);

}  // namespace aegis
#endif

#endif
