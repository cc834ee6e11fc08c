/* conformance 1.7: an entry matches if the VPN is equal and it is global or has the current
 * ASID. */
#include "isa/tests/test.h"

        test_start
        map     8, 0x00400000, 5, page_a - KSEG0_BASE, ENTRYLO_V
        map     9, 0x00401000, 6, page_b - KSEG0_BASE, ENTRYLO_V | ENTRYLO_G
        li      $a0, 0x00400000
        li      $a1, 0x00401000
        li      $t0, 5 << ENTRYHI_ASID_SHIFT
        write_c0 $t0, CP0_ENTRYHI
        nop
        nop
        lw      $v0, 0($a0)
        lw      $v1, 0($a1)
        nop
        check_eq $v0, 0x11111111
        check_eq $v1, 0x22222222

/* Only the ASID changes: the entry that was used a moment ago must not match. */
        li      $t0, 7 << ENTRYHI_ASID_SHIFT
        write_c0 $t0, CP0_ENTRYHI
        nop
        nop
        lw      $v1, 0($a1)             # global
        li      $v0, 0
missed: lw      $v0, 0($a0)
        nop
        check_eq $v1, 0x22222222
        check_exception 1, EXC_TLBL, missed
        check_eq $s5, VECTOR_UTLB & 0xffff
/* Another page of the same address space does not match either. */
        li      $t0, 5 << ENTRYHI_ASID_SHIFT
        write_c0 $t0, CP0_ENTRYHI
        li      $a0, 0x40400000
other:  lw      $v0, 0($a0)
        nop
        check_exception 2, EXC_TLBL, other
        test_pass 2

        .data
        .balign 4096
page_a: .word   0x11111111
        .balign 4096
page_b: .word   0x22222222
        .balign 4096
