/* conformance 1.7: a TLB that a duplicate match has shut down matches nothing more: pages with a
 * single entry miss, tlbp finds none, fetches too; kseg0 and kseg1 go on. */
#include "isa/tests/test.h"

        test_start
        map     8, 0x00400000, 0, page - KSEG0_BASE, ENTRYLO_V | ENTRYLO_D
        map     9, 0xc0400000, 0, page - KSEG0_BASE, ENTRYLO_V | ENTRYLO_D | ENTRYLO_G
        map     10, 0x00401000, 0, page - KSEG0_BASE, ENTRYLO_V
        map     11, 0x00401000, 0, page - KSEG0_BASE, ENTRYLO_V
        li      $a0, 0x00400000
        lw      $v0, 0($a0)             # in use before
        sw      $v0, 4($a0)
        check_eq $v0, 0x11111111
        check_eq $s0, 0
        lw      $v0, 0x1000($a0)        # the duplicate
        get_c0  $v0, CP0_STATUS
        check_bits $v0, STATUS_TS, STATUS_TS
        check_eq $s0, 1
        check_bits $s1, CAUSE_EXCCODE_MASK, EXC_TLBL << CAUSE_EXCCODE_SHIFT

        li      $v0, 42
load:   lw      $v0, 0($a0)
        nop
        check_exception 2, EXC_TLBL, load
        check_eq $s5, VECTOR_UTLB & 0xffff
        check_eq $v0, 42
store:  sw      $0, 0($a0)
        check_exception 3, EXC_TLBS, store
        li      $a1, 0xc0400000
global: lw      $v0, 0($a1)
        nop
        check_exception 4, EXC_TLBL, global
        check_eq $s5, VECTOR_GENERAL & 0xffff
        la      $s6, fetch
        jr      $a0
        nop                             # delay slot
fetch:  li      $s6, 0
        check_eq $s0, 5
        check_same $s3, $a0
        write_c0 $a0, CP0_ENTRYHI
        write_c0 $0, CP0_INDEX
        nop
        tlbp
        nop
        get_c0  $v0, CP0_INDEX
        check_bits $v0, INDEX_P, INDEX_P
        la      $a0, page
        lw      $v0, 0($a0)
        nop
        check_eq $v0, 0x11111111        # the store did not arrive
        test_pass 5

        .data
        .balign 4096
page:   .word   0x11111111, 0
