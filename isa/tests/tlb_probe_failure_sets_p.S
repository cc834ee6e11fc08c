/* tlbp that finds nothing sets Index.P, whether page or ASID is wrong, however often; the next that
 * finds an entry clears it. It raises no exception. */
#include "isa/tests/test.h"

        .macro  probe hi
        li      $t0, \hi
        write_c0 $t0, CP0_ENTRYHI
        nop
        tlbp
        nop
        get_c0  $v0, CP0_INDEX
        .endm
        .macro  check_absent hi
        probe   \hi
        check_bits $v0, INDEX_P, INDEX_P
        .endm
        .macro  check_found hi, index
        probe   \hi
        check_eq $v0, \index << INDEX_SHIFT
        .endm

        test_start
        map     0, 0x00400000, 1, 0, 0
        map     63, 0xc0400000, 2, 0, 0
        check_found 0x00400040, 0
        check_absent 0x00400080
        check_absent 0x00401040
        check_absent 0x80400040
        check_found 0xc0400080, 63
        check_absent 0xc0400040
        check_absent 0xc0400040
        check_found 0x00400040, 0
        test_pass
