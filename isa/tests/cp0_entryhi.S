/* conformance 1.6, EntryHi: VPN and ASID can be written, the low six bits read 0. */
#include "isa/tests/test.h"

        test_start
        li      $t0, -1
        write_c0 $t0, CP0_ENTRYHI
        get_c0  $v0, CP0_ENTRYHI
        write_c0 $0, CP0_ENTRYHI
        get_c0  $v1, CP0_ENTRYHI
        check_eq $v0, ENTRYHI_MASK
        check_eq $v1, 0
        li      $t0, 0xa5a5a5a5
        write_c0 $t0, CP0_ENTRYHI
        get_c0  $v0, CP0_ENTRYHI
        check_eq $v0, 0xa5a5a5a5 & ENTRYHI_MASK
        test_pass
