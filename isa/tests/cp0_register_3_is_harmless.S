/* conformance 1.6, register 3: absent on the R3000, but reading and writing it must not trap
 * (Linux does when the revision says R3000A). */
#include "isa/tests/test.h"

        test_start
        li      $t0, -1
        mtc0    $t0, $3
        mfc0    $v0, $3
        nop
        check_eq $v0, 0
        test_pass
