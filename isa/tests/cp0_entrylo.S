/* conformance 1.6, EntryLo: the low eight bits read 0, all others can be written. */
#include "isa/tests/test.h"

        test_start
        li      $t0, -1
        write_c0 $t0, CP0_ENTRYLO
        get_c0  $v0, CP0_ENTRYLO
        write_c0 $0, CP0_ENTRYLO
        get_c0  $v1, CP0_ENTRYLO
        check_eq $v0, ENTRYLO_MASK
        check_eq $v1, 0
        li      $t0, 0xa5a5a5a5
        write_c0 $t0, CP0_ENTRYLO
        get_c0  $v0, CP0_ENTRYLO
        check_eq $v0, 0xa5a5a5a5 & ENTRYLO_MASK
        test_pass
