/* conformance 1.6, Status: CU, BEV, PZ, IM and the mode bits can be written; TS cannot, nor can RE on
 * an R3000; bits 27, 26, 24, 23, 7 and 6 read 0. Interrupts stay masked throughout and the caches
 * are left alone. */
#include "isa/tests/test.h"

        test_start
        li      $t0, 0xf0400000 | STATUS_TS | 0x0fc4003c | 0xc0
        write_c0 $t0, CP0_STATUS
        get_c0  $v0, CP0_STATUS
        write_c0 $0, CP0_STATUS
        get_c0  $v1, CP0_STATUS
        check_eq $v0, 0xf044003c
        check_eq $v1, 0
        li      $t0, STATUS_IM_MASK
        write_c0 $t0, CP0_STATUS
        get_c0  $v0, CP0_STATUS
        write_c0 $0, CP0_STATUS
        nop
        check_eq $v0, STATUS_IM_MASK
/* Writing 1 to PE clears it: it does not set it. */
        li      $t0, STATUS_PE
        write_c0 $t0, CP0_STATUS
        get_c0  $v0, CP0_STATUS
        check_eq $v0, 0
        test_pass
