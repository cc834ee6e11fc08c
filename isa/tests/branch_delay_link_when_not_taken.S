/* conformance 1.4: bltzal and bgezal write the link even when not taken, and with rs = $31 compare
 * its old value. */
#include "isa/tests/test.h"

        test_start
        li      $ra, 0
        bltzal  $0, wrong
        nop                             # delay slot
1:
        check_address $ra, 1b
        li      $t0, -1
        bgezal  $t0, wrong
        nop                             # delay slot
2:
        check_address $ra, 2b

/* bltzal $31, by number because the assembler refuses it. The link, in kseg0, is negative. */
        li      $ra, 1
        .word   0x07f00003              # not taken: 1 is not negative
        nop
3:      li      $t0, 1
        nop
        check_address $ra, 3b
        check_eq $t0, 1
        li      $ra, -1
        .word   0x07f00002              # taken: skips the next word but one
        nop
4:      li      $t0, 2
        check_address $ra, 4b
        check_eq $t0, 1
        b       done
        nop                             # delay slot
wrong:  li      $t0, 1
        check_eq $t0, 0
done:
        test_pass
