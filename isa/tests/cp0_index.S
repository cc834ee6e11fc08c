/* conformance 1.6, Index: bits 13:8 can be written; P is set and cleared by tlbp only. */
#include "isa/tests/test.h"

        test_start
        map     5, 0x00400000, 1, 0, 0
        li      $t0, -1
        write_c0 $t0, CP0_INDEX
        get_c0  $v0, CP0_INDEX
        write_c0 $0, CP0_INDEX
        get_c0  $v1, CP0_INDEX
        check_bits $v0, ~INDEX_P, INDEX_MASK
        check_bits $v1, ~INDEX_P, 0

        tlbp
        get_c0  $v0, CP0_INDEX
        check_eq $v0, 5 << INDEX_SHIFT
        li      $t0, 0x00401040         # another page: no entry
        write_c0 $t0, CP0_ENTRYHI
        nop
        tlbp
        get_c0  $v0, CP0_INDEX
        check_bits $v0, INDEX_P, INDEX_P
        write_c0 $0, CP0_INDEX
        get_c0  $v0, CP0_INDEX
        check_eq $v0, INDEX_P
        test_pass
