/* conformance 1.6, PRId: an R2000 or R3000 (implementation 1 or 2), and software cannot change
 * it. */
#include "isa/tests/test.h"

        test_start
        get_c0  $v0, CP0_PRID
        li      $t0, -1
        write_c0 $t0, CP0_PRID
        get_c0  $v1, CP0_PRID
        check_same $v0, $v1
        check_bits $v0, 0xffff0000, 0
        srl     $v0, $v0, 8
        addiu   $v0, $v0, -1
        sltiu   $v0, $v0, 2
        check_eq $v0, 1
        test_pass
