/* conformance 1.6, EPC: software cannot write it. */
#include "isa/tests/test.h"

        test_start
1:      syscall
        li      $t0, -1
        write_c0 $t0, CP0_EPC
        get_c0  $v0, CP0_EPC
        la      $t0, 1b
        check_same $v0, $t0
        test_pass 1
