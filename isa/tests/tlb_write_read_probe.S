/* conformance 1.7: tlbwi writes the entry of Index, tlbr reads both registers back including the
 * ASID, tlbp finds by page and ASID or G and ignores V. */
#include "isa/tests/test.h"

        test_start
        map     33, 0x00400000, 17, 0x12345000, ENTRYLO_N | ENTRYLO_V
        map     34, 0x00401000, 18, 0x23456000, ENTRYLO_G
        li      $t0, 33 << INDEX_SHIFT
        write_c0 $t0, CP0_INDEX
        nop
        tlbr
        nop
        get_c0  $v0, CP0_ENTRYHI
        get_c0  $v1, CP0_ENTRYLO
        check_eq $v0, 0x00400000 | (17 << ENTRYHI_ASID_SHIFT)
        check_eq $v1, 0x12345000 | ENTRYLO_N | ENTRYLO_V

        .macro  probe hi, index
        li      $t0, \hi
        write_c0 $t0, CP0_ENTRYHI
        nop
        tlbp
        nop
        get_c0  $v0, CP0_INDEX
        check_bits $v0, INDEX_P | \index << INDEX_SHIFT, \index << INDEX_SHIFT
        .endm
        probe   0x00400000 | (17 << ENTRYHI_ASID_SHIFT), 33
        probe   0x00401000 | (44 << ENTRYHI_ASID_SHIFT), 34
        li      $t0, 0x00400000 | (16 << ENTRYHI_ASID_SHIFT)
        write_c0 $t0, CP0_ENTRYHI
        nop
        tlbp
        nop
        get_c0  $v0, CP0_INDEX
        check_bits $v0, INDEX_P, INDEX_P
        test_pass
