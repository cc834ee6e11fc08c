/* Calls that give the processor away: measured to the slice_start where it arrives. */
#include "exokernel/tests/harness/passage.h"

  .set noreorder
  .set noat
  .text

  test_leave measured_yield_next, yield, "yield: to the next slice"
  test_leave measured_yield_to, yield, "yield: the rest of the slice to another"
  test_leave measured_sleep, sleep, "sleep: until another runs"
  test_leave measured_env_exit, env_exit, "env_exit: of 2 pages, until another runs"

  .globl arrive
  .type arrive, @function
arrive:
  exo_passage_end "yield: to the next slice"
  exo_passage_end "yield: the rest of the slice to another"
  exo_passage_end "sleep: until another runs"
  exo_passage_end "env_exit: of 2 pages, until another runs"
  j     test_slice_start
  nop                              # delay slot
  .size arrive, . - arrive
