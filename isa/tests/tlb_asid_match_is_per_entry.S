/* The ASID is compared for each entry anew: an entry with the current ASID, or with G, does not let
 * another with the right page and a wrong ASID match, whichever of them comes first. */
#include "isa/tests/test.h"

        test_start
        map     8, 0x00400000, 5, page_a - KSEG0_BASE, ENTRYLO_V
        map     9, 0x00401000, 6, page_b - KSEG0_BASE, ENTRYLO_V
        map     10, 0x00402000, 9, page_a - KSEG0_BASE, ENTRYLO_V | ENTRYLO_G
        map     11, 0x00403000, 6, page_b - KSEG0_BASE, ENTRYLO_V
        map     12, 0x00404000, 5, page_b - KSEG0_BASE, ENTRYLO_V
        li      $t0, 5 << ENTRYHI_ASID_SHIFT
        write_c0 $t0, CP0_ENTRYHI
        li      $a0, 0x00400000
        .set    count, 0
        .macro  check_load offset, expected
        lw      $v0, \offset($a0)
        nop
        check_eq $s0, count
        check_eq $v0, \expected
        .endm
        .macro  check_miss offset
        .set    count, count + 1
.Lmiss\@:
        lw      $v0, \offset($a0)
        nop
        check_exception count, EXC_TLBL, .Lmiss\@
        check_eq $s5, VECTOR_UTLB & 0xffff
        .endm
        check_load 0, 0x11111111
        check_miss 0x1000
        check_load 0x2000, 0x11111111
        check_miss 0x3000
        check_load 0x4000, 0x22222222
        li      $t0, (6 << ENTRYHI_ASID_SHIFT) | 0x00401000
        write_c0 $t0, CP0_ENTRYHI
        nop
        check_miss 0
        check_load 0x1000, 0x22222222
        check_load 0x2000, 0x11111111
        check_load 0x3000, 0x22222222
        check_miss 0x4000
        li      $t0, (5 << ENTRYHI_ASID_SHIFT) | 0x00401000
        write_c0 $t0, CP0_ENTRYHI
        nop
        tlbp
        nop
        get_c0  $v0, CP0_INDEX
        check_bits $v0, INDEX_P, INDEX_P
        test_pass count

        .data
        .balign 4096
page_a: .word   0x11111111
        .balign 4096
page_b: .word   0x22222222
