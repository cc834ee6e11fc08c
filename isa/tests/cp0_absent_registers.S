/* conformance 1.6: the registers that a discrete R3000 does not have neither trap nor keep
 * anything. */
#include "isa/tests/test.h"

        test_start
        li      $t0, -1
        .irp    reg, 5, 6, 7, 9, 11, 16, 17, 18, 19, 20, 21, 22, 23, 24, 25, 26, 27, 28, 29, 30, 31
        li      $v0, 42
        mtc0    $t0, $\reg
        mfc0    $v0, $\reg
        nop
        check_eq $v0, 0
        .endr
        test_pass
