/* conformance 1.4: jalr links to $31 or any other register, and rd = 0 is a plain jump. */
#include "isa/tests/test.h"

        test_start
        la      $t0, first
        jalr    $t0
        nop                             # delay slot
1:
first:
        check_address $ra, 1b
        la      $t0, second
        jalr    $v0, $t0
        move    $v1, $v0                # delay slot: the link is not delayed
2:      li      $t0, 0
second:
        check_address $v0, 2b
        check_address $v1, 2b
        la      $t0, third
        jalr    $0, $t0
        nop                             # delay slot
        li      $t0, 0
third:
        move    $v0, $0
        check_eq $v0, 0
        check_address $t0, third
        test_pass
