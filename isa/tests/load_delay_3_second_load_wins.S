/* conformance 1.3, rule 3: of two loads in a row to one register the first is never visible. */
#include "isa/tests/test.h"

        test_start
        la      $a0, memory
        li      $v0, 4
        lw      $v0, 0($a0)
        lw      $v0, 4($a0)
        move    $v1, $v0                # load delay of the second: still the value before both
        move    $a1, $v0
        check_eq $v1, 4
        check_eq $a1, 0x55667788

        li      $v0, 4
        lw      $v0, 0($a0)
        read_c0 $v0, CP0_STATUS
        move    $v1, $v0
        move    $a1, $v0
        check_eq $v1, 4
        check_eq $a1, 0
        test_pass

        .data
memory: .word   0x11223344, 0x55667788
