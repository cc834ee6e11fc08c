/* conformance 1.7: kseg2 is mapped like kuseg: an entry matches by ASID or G, loads and stores and
 * fetches go through it, and every exception of it has the general vector: no match, V = 0, Mod. */
#include "isa/tests/test.h"

        .macro  check_kseg2_fault count, exception, address
        check_eq $s0, \count
        check_bits $s1, CAUSE_EXCCODE_MASK | CAUSE_BD, \exception << CAUSE_EXCCODE_SHIFT
        check_eq $s3, \address
        check_eq $s5, VECTOR_GENERAL & 0xffff
        .endm

        test_start
        map     8, 0xc0000000, 5, page - KSEG0_BASE, ENTRYLO_V | ENTRYLO_D
        map     9, 0xc0001000, 5, page - KSEG0_BASE, ENTRYLO_V | ENTRYLO_G
        map     10, 0xfffff000, 5, page - KSEG0_BASE, ENTRYLO_D
        map     11, 0xc0002000, 5, code - KSEG0_BASE, ENTRYLO_V
        lui     $a0, 0xc000
        lw      $v0, 0($a0)
        sw      $a0, 4($a0)
        lw      $v1, 0x1004($a0)        # the same page
        nop
        check_eq $v0, 0x11111111
        check_eq $v1, 0xc0000000
        sw      $0, 0x1008($a0)
        check_kseg2_fault 1, EXC_MOD, 0xc0001008
        lw      $v0, -4($0)
        check_kseg2_fault 2, EXC_TLBL, 0xfffffffc
        sb      $0, -1($0)
        check_kseg2_fault 3, EXC_TLBS, 0xffffffff
        la      $t9, back
        li      $t0, 0xc0002000
        jr      $t0
        nop                             # delay slot
back:   check_eq $v0, 7

/* Another address space: only the global page is left. */
        li      $t1, 6 << ENTRYHI_ASID_SHIFT
        write_c0 $t1, CP0_ENTRYHI
        nop
        nop
        lw      $v0, 0($a0)
        lw      $v1, 0x1000($a0)
        nop
        check_kseg2_fault 4, EXC_TLBL, 0xc0000000
        check_eq $v1, 0x11111111
        la      $s6, no_match
        jr      $t0
        nop                             # delay slot
no_match:
        check_kseg2_fault 5, EXC_TLBL, 0xc0002000
        check_same $s2, $t0
        map     11, 0xc0002000, 6, code - KSEG0_BASE, ENTRYLO_D
        la      $s6, invalid
        jr      $t0
        nop                             # delay slot
invalid:
        check_kseg2_fault 6, EXC_TLBL, 0xc0002000
        check_same $s2, $t0
        test_pass 6

        .data
        .balign 4096
page:   .word   0x11111111, 0, 0
        .balign 4096
code:   jr      $t9
        li      $v0, 7                  # delay slot
