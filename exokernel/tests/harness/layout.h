/* What the harness of the kernel's tests keeps in the context page. For assembly and C++. */
#ifndef EXOKERNEL_TESTS_HARNESS_LAYOUT_H
#define EXOKERNEL_TESTS_HARNESS_LAYOUT_H

#include "exokernel/abi/env.h"

/* Words of the environment's own, as addresses reached from $0. */
#define TEST_WORD(index) (EXO_CONTEXT_VA + EXO_CONTEXT_USER + 4 * (index))
#define TEST_CAUGHT_COUNT TEST_WORD(0) /* struct Caught */
#define TEST_CAUGHT_PC TEST_WORD(1)
#define TEST_CAUGHT_ADDRESS TEST_WORD(2)
#define TEST_CAUGHT_CAUSE TEST_WORD(3)
#define TEST_RESUME_PC TEST_WORD(4)
#define TEST_YIELD_SP TEST_WORD(5)
#define TEST_SLICE_PC TEST_WORD(6)
#define TEST_SLICE_HI TEST_WORD(7)
#define TEST_SLICE_LO TEST_WORD(8)
#define TEST_SLICES TEST_WORD(9) /* ends of slices seen */
#define TEST_START_REGISTERS TEST_WORD(10) /* all registers at starts of slices, or-ed */
#define TEST_CHILD_FUNCTION TEST_WORD(11)
#define TEST_CHILD_STACK TEST_WORD(12)
#define TEST_NOTICE_FUNCTION TEST_WORD(13)
#define TEST_SLICE_REGISTER(number) TEST_WORD(16 + (number))

/* The frame that TEST_YIELD_SP points to while an environment is in test_yield and the like: of
 * registers 16 to 23, 30 and 31. */
#define TEST_YIELD_FRAME 64
#define TEST_YIELD_SAVED(number) (4 * ((number) - 16))($sp)

#define TEST_TEXT TEST_WORD(64) /* what is printed */

#endif
