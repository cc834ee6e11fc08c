/* hardware.md 1.6: the registers that a discrete R3000 does not have neither trap nor keep
 * anything. */
#include "isa/tests/test.h"

        test_start
        li      $t0, -1

        mtc0    $t0, $5
        mfc0    $v0, $5
        nop
        check_eq $v0, 0

        mtc0    $t0, $6
        mfc0    $v0, $6
        nop
        check_eq $v0, 0

        mtc0    $t0, $7
        mfc0    $v0, $7
        nop
        check_eq $v0, 0

        mtc0    $t0, $9
        mfc0    $v0, $9
        nop
        check_eq $v0, 0

        mtc0    $t0, $11
        mfc0    $v0, $11
        nop
        check_eq $v0, 0

        mtc0    $t0, $16
        mfc0    $v0, $16
        nop
        check_eq $v0, 0

        mtc0    $t0, $31
        mfc0    $v0, $31
        nop
        check_eq $v0, 0
        test_pass
