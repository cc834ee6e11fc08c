/* REGIMM is decoded in part: every value of rt is a branch. Bit 16 chooses bgez or bltz, whatever
 * bits 17 to 20 say, and it links iff those are 1000. All 32 values, with three signs. */
#include "isa/tests/test.h"

        .set    BITS, 0

        test_start
        li      $a0, -1
        li      $a1, 0
        li      $a2, 0x7fffffff

/* Whether it branches, in v0, and the link, in ra. */
        .macro  check_one rt, rs, taken
        li      $ra, 7
.Lword\@:
        .word   0x04000000 | (\rs << 21) | (\rt << 16) | 2
        li      $v0, 1                  # delay slot
        li      $v0, 0
        check_eq $v0, \taken
        .if     (\rt & 0x1e) == 0x10
        check_address $ra, .Lword\@ + 8
        .else
        check_eq $ra, 7
        .endif
        .endm
        .rept   32
        check_one BITS, 4, !(BITS & 1)&1
        check_one BITS, 5, BITS & 1
        check_one BITS, 6, BITS & 1
        .set    BITS, BITS + 1
        .endr
        test_pass
