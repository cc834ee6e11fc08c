/* Calls that give the processor away, with the passages that begin at them, and where they end. */
#include "exokernel/tests/harness/passage.h"
#include "workloads/protocols/layout.h"

  .set noreorder
  .set noat
  .text

  test_leave leave_imperative_1, yield, "imperative, 1 page: told"
  test_leave leave_imperative_100, yield, "imperative, 100 pages: told"
  test_leave leave_abort_1, yield, "abort, 1 page"
  test_leave leave_abort_1_saved, yield, "abort, 1 page with its state"
  test_leave leave_abort_8, yield, "abort, 8 pages"
  test_leave leave_abort_8_saved, yield, "abort, 8 pages with their state"
  test_leave leave_abort_100, yield, "abort, 100 pages"
  test_leave leave_exit, env_exit, "life: from env_exit to the next slice"

  .globl arrive
  .type arrive, @function
arrive:
  exo_passage_end "life: from env_exit to the next slice"
  exo_passage_end "overrun: others wait, none"
  exo_passage_end "overrun: others wait, one"
  exo_passage_end "overrun: others wait, five"
  j     test_slice_start
  nop                              # delay slot
  .size arrive, . - arrive

/* A hog has nothing to save. At the ends of its slices: */
.macro hog_yield name
  exo_passage_begin "\name"
  li    $v0, EXO_SYS_yield
  li    $a0, EXO_YIELD_NEXT
  syscall
  break
.endm

  .globl hog_prompt_end
  .type hog_prompt_end, @function
hog_prompt_end:
  exo_passage_begin "overrun: others wait, none"
  hog_yield "overrun: until its next slice, none"
  .size hog_prompt_end, . - hog_prompt_end

/* Yields when the overrun has been counted, its first. */
  .globl hog_late_end
  .type hog_late_end, @function
hog_late_end:
  exo_passage_begin "overrun: others wait, one"
  lw    $t0, HOG_EXCESS($0)
  nop                              # load delay slot
1:
  lw    $t1, 0($t0)
  nop                              # load delay slot
  beq   $t1, $0, 1b
  nop                              # delay slot
  hog_yield "overrun: until its next slice, one"
  .size hog_late_end, . - hog_late_end

/* Until it is destroyed. */
  .globl hog_stubborn_end
  .type hog_stubborn_end, @function
hog_stubborn_end:
  exo_passage_begin "overrun: others wait, five"
  nop                              # the marker is not the loop's
1:
  b     1b
  nop                              # delay slot
  .size hog_stubborn_end, . - hog_stubborn_end

/* And at their starts. */
  .globl hog_slice_start
  .type hog_slice_start, @function
hog_slice_start:
  exo_passage_end "overrun: until its next slice, none"
  exo_passage_end "overrun: until its next slice, one"
  lw    $sp, TEST_CHILD_STACK($0)
  j     hog_next                   # [[noreturn]] void ()
  nop                              # delay slot
  .size hog_slice_start, . - hog_slice_start
