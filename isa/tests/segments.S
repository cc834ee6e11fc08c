/* conformance 1.7: kseg0 and kseg1 are windows on the same physical memory; kuseg and kseg2 go
 * through the TLB, in kernel mode too. */
#include "isa/tests/test.h"

        test_start
        map     8, 0x00400000, 0, page_a - KSEG0_BASE, ENTRYLO_V | ENTRYLO_D
        map     9, 0xc0400000, 0, page_a - KSEG0_BASE, ENTRYLO_V | ENTRYLO_D | ENTRYLO_N
        la      $a0, page_a
        lui     $t0, (KSEG1_BASE - KSEG0_BASE) >> 16
        addu    $a1, $a0, $t0
        li      $a2, 0x00400000
        li      $a3, 0xc0400000
        lw      $v0, 0($a0)
        lw      $v1, 0($a1)
        lw      $t1, 0($a2)
        lw      $t2, 0($a3)
        nop
        check_eq $v0, 0x11111111
        check_eq $v1, 0x11111111
        check_eq $t1, 0x11111111
        check_eq $t2, 0x11111111
        test_pass

        .data
        .balign 4096
page_a: .word   0x11111111
        .balign 4096
page_b: .word   0x22222222
        .balign 4096
