/* TLB misses of the random calls: pages of the test and of the kernel's tables are bound, and the
 * instruction is repeated; any other miss is the harness's business. This, the harness's upcalls
 * and pager_pages are guaranteed; nothing in here raises an exception. */
#include "exokernel/abi/syscalls.h"
#include "exokernel/tests/harness/layout.h"
#include "exokernel/tests/random_calls/pager.h"
#include "isa/machine/cp0.h"

  .set noreorder
  .set noat
  .text

#define PAGER_CAUSE TEST_WORD(511)
#define PAGER_SAVED(number) TEST_WORD(512 + (number))
#define PAGER_HI PAGER_SAVED(32)
#define PAGER_LO PAGER_SAVED(33)
#define SAVED 1, 2, 3, 7, 8, 9, 10, 11, 12, 13, 14, 15, 24, 25

  .globl pager_upcall
  .type pager_upcall, @function
pager_upcall:                      # a0: EPC, a1: BadVAddr, a2: Cause
  sw    $a0, TEST_RESUME_PC($0)
  sw    $a2, PAGER_CAUSE($0)
  srl   $a2, $a1, PAGE_SHIFT
  addiu $a2, $a2, -(PAGER_FIRST >> PAGE_SHIFT)
  sltiu $a0, $a2, PAGER_PAGES
  beq   $a0, $0, 1f
  sll   $a2, $a2, PAGER_ENTRY_SHIFT   # delay slot
  lui   $a0, %hi(pager_pages)
  addu  $a2, $a2, $a0
  lw    $a0, (%lo(pager_pages) + PAGER_CAPABILITY)($a2)
  nop                              # load delay slot
  beq   $a0, $0, 1f
  nop                              # delay slot
  .irp  number, SAVED
  sw    $\number, PAGER_SAVED(\number)($0)
  .endr
  mfhi  $t0
  mflo  $t1
  sw    $t0, PAGER_HI($0)
  sw    $t1, PAGER_LO($0)
  lw    $t1, (%lo(pager_pages) + PAGER_FLAGS)($a2)
  lw    $a3, (%lo(pager_pages) + PAGER_CAPABILITY + 4)($a2)
  lw    $t0, (%lo(pager_pages) + PAGER_CAPABILITY + 8)($a2)
  move  $a2, $a0
  srl   $a0, $a1, PAGE_SHIFT
  sll   $a0, $a0, PAGE_SHIFT
  move  $a1, $t1
  li    $v0, EXO_SYS_tlb_write
  syscall
  lw    $t0, PAGER_HI($0)
  lw    $t1, PAGER_LO($0)
  mthi  $t0
  mtlo  $t1
  .irp  number, SAVED
  lw    $\number, PAGER_SAVED(\number)($0)
  .endr
  lw    $a0, (EXO_CONTEXT_VA + EXO_CONTEXT_EXCEPTION_A0)($0)
  lw    $a1, (EXO_CONTEXT_VA + EXO_CONTEXT_EXCEPTION_A1)($0)
  j     test_resume
  lw    $a2, (EXO_CONTEXT_VA + EXO_CONTEXT_EXCEPTION_A2)($0)   # delay slot
1:
  lw    $a0, TEST_RESUME_PC($0)
  j     test_upcall
  lw    $a2, PAGER_CAUSE($0)       # delay slot
  .size pager_upcall, . - pager_upcall
pager_end:
  .globl pager_end
