/* conformance 1.4 and 1.6: an interrupt that comes before a delay slot names the branch and sets
 * BD. */
#include "isa/tests/test.h"

        test_start
        la      $s6, taken
        li      $t0, 0x100
        write_c0 $t0, CP0_CAUSE
        li      $v0, 0
        li      $v1, 0
        li      $t0, STATUS_IEP | 0x100
        write_c0 $t0, CP0_STATUS
        la      $t1, branch
        j       branch
        nop                             # delay slot
/* rfe is taken back at once: the interrupt comes before the branch. */
        .balign 16
branch: rfe
jump:   b       over
        li      $v0, 1                  # delay slot
over:   li      $v1, 1
taken:  check_exception 1, EXC_INT, jump
        check_eq $v0, 0

/* mtc0 lets one instruction pass: the branch itself, so its slot is interrupted. */
        la      $s6, in_slot
        li      $t0, STATUS_IEC | 0x100
        write_c0 $t0, CP0_STATUS
second: b       over_again
        li      $v0, 1                  # delay slot
over_again:
        li      $v1, 1
in_slot:
        check_exception 2, EXC_INT, second
        check_bits $s1, CAUSE_BD, CAUSE_BD
        check_eq $v0, 0
        check_eq $v1, 0
        test_pass 2
