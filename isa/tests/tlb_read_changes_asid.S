/* conformance 1.7: tlbr brings back all fields, D and G among them, and the ASID that it loads into
 * EntryHi is the current one from then on. */
#include "isa/tests/test.h"

        test_start
        map     20, 0x00400000, 5, page_a - KSEG0_BASE, ENTRYLO_V
        map     21, 0x00400000, 6, page_b - KSEG0_BASE, ENTRYLO_V
        map     22, 0x7fff3000, 6, 0x12345000, ENTRYLO_D | ENTRYLO_G
        map     23, 0x7fff4000, 63, 0xfffff000, ENTRYLO_N | ENTRYLO_V | ENTRYLO_D | ENTRYLO_G
        .macro  read_entry index, hi, lo
        li      $t0, \index << INDEX_SHIFT
        write_c0 $t0, CP0_INDEX
        nop
        tlbr
        nop
        get_c0  $v0, CP0_ENTRYHI
        get_c0  $v1, CP0_ENTRYLO
        check_eq $v0, \hi
        check_eq $v1, \lo
        .endm
        li      $a0, 0x00400000
        read_entry 22, 0x7fff3000 | (6 << ENTRYHI_ASID_SHIFT), 0x12345000 | ENTRYLO_D | ENTRYLO_G
        lw      $v0, 0($a0)
        nop
        check_eq $v0, 0x22222222
        read_entry 23, 0x7fff4000 | (63 << ENTRYHI_ASID_SHIFT), 0xffffff00
missed: lw      $v0, 0($a0)             # no address space 63
        nop
        check_exception 1, EXC_TLBL, missed
        li      $t0, 20 << INDEX_SHIFT
        write_c0 $t0, CP0_INDEX
        nop
        tlbr
        nop
        nop
        lw      $v0, 0($a0)
        nop
        check_eq $v0, 0x11111111
        check_eq $s0, 1
        test_pass 1

        .data
        .balign 4096
page_a: .word   0x11111111
        .balign 4096
page_b: .word   0x22222222
