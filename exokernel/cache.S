/* The caches as arrays: how large they are, and invalidating words of them. While they are isolated
 * (Status IsC), loads and stores reach the data cache alone and not memory; swapped too (SwC), the
 * instruction cache: docs/machine.md, "The caches". Interrupts are off in the kernel. Two
 * instructions keep each write to Status from the next access to a cache.
 *
 * The instructions of Linux for the R3000 (arch/mips/mm/c-r3k.c), which is known to run on it. */
#include "exokernel/cache.hpp"
#include "isa/machine/cp0.h"
#include "isa/machine/memory_map.h"

  .set noreorder
  .set noat
  .text

/* uint32_t cache_find_size(uint32_t isolate): bytes of a cache, or 0. The cache must hold nothing
 * that is needed. Runs from kseg1: the words that it stores into the cache are also words of the
 * kernel's code and data, so that nothing may be fetched or loaded through the cache before they
 * are invalid again.
 *   t0 = Status, t1 = KSEG0_BASE, t2 = size, t3 = the largest size * 2, t4 = address, t5 = word */
#define SMALLEST_SIZE 512
#define LARGEST_SIZE 0x100000
  .globl cache_find_size
  .type cache_find_size, @function
cache_find_size:
  lui   $t4, %hi(1f)
  addiu $t4, $t4, %lo(1f)
  lui   $t5, (KSEG1_BASE - KSEG0_BASE) >> 16
  addu  $t4, $t4, $t5
  jr    $t4
  mfc0  $t0, $CP0_STATUS           # delay slot
1:
  lui   $t1, KSEG0_BASE >> 16
  or    $t4, $t0, $a0
  mtc0  $t4, $CP0_STATUS
  lui   $t3, (LARGEST_SIZE * 2) >> 16
  li    $t2, SMALLEST_SIZE
  nop

  /* 0 at each size, then -1 at 0: the size is where that is seen again. */
2:
  addu  $t4, $t1, $t2
  sll   $t2, $t2, 1
  bne   $t2, $t3, 2b
  sw    $0, 0($t4)                 # delay slot
  li    $t5, -1
  sw    $t5, 0($t1)
  li    $t2, SMALLEST_SIZE
3:
  addu  $t4, $t1, $t2
  lw    $t5, 0($t4)
  nop                              # load delay slot
  bne   $t5, $0, 4f
  nop                              # delay slot
  sll   $t2, $t2, 1
  bne   $t2, $t3, 3b
  nop                              # delay slot
4:
  move  $v0, $t2
  lw    $t5, 0($t1)
  nop                              # load delay slot
  addiu $t5, $t5, 1
  beq   $t5, $0, 5f                # without a cache nothing keeps the -1
  li    $t2, SMALLEST_SIZE         # delay slot
  move  $v0, $0

  /* What has been stored is invalid: a store of a byte does that. */
5:
  addu  $t4, $t1, $t2
  sll   $t2, $t2, 1
  bne   $t2, $t3, 5b
  sb    $0, 0($t4)                 # delay slot
  sb    $0, 0($t1)
  mtc0  $t0, $CP0_STATUS
  nop
  nop
  jr    $ra
  nop                              # delay slot
  .size cache_find_size, . - cache_find_size

/* void cache_invalidate(uintptr_t begin, uintptr_t end, uint32_t isolate): the words from `begin` up
 * to `end` (kseg0, begin < end, multiples of CACHE_STEP). It is fetched through the caches, and may
 * make its own instructions invalid.
 *   t0 = Status */
  .globl cache_invalidate
  .type cache_invalidate, @function
cache_invalidate:
  mfc0  $t0, $CP0_STATUS
  nop                              # mfc0 delay slot
  or    $a2, $a2, $t0
  mtc0  $a2, $CP0_STATUS
  nop
  nop
1:
  addiu $a0, $a0, CACHE_STEP
  .set  offset, -CACHE_STEP
  .rept CACHE_STEP / 4 - 1
  sb    $0, offset($a0)
  .set  offset, offset + 4
  .endr
  bne   $a0, $a1, 1b
  sb    $0, -4($a0)                # delay slot
  mtc0  $t0, $CP0_STATUS
  nop
  nop
  jr    $ra
  nop                              # delay slot
  .size cache_invalidate, . - cache_invalidate
