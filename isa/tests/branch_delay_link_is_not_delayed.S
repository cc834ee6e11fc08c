/* The link is there at once: the delay slot of jal, jalr, bltzal and bgezal reads the new value,
 * taken or not. Only loads are delayed. */
#include "isa/tests/test.h"

        .macro  check_link op, condition
        li      $ra, 7
        .ifb    \condition
        \op     .Lafter\@
        .else
        \op     \condition, .Lafter\@
        .endif
        move    $v0, $ra                # delay slot
.Lafter\@:
        check_address $v0, .Lafter\@
        .endm

        test_start
        li      $t1, -1
        check_link jal
        check_link bal
        check_link bltzal, $t1
        check_link bltzal, $0
        check_link bgezal, $0
        check_link bgezal, $t1
        la      $t0, 1f
        jalr    $t0
        move    $v0, $ra                # delay slot
1:      check_address $v0, 1b
        la      $t0, 2f
        jalr    $v1, $t0
        move    $v0, $v1                # delay slot
2:      check_address $v0, 2b
        test_pass
