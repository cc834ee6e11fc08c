/* conformance 2.2: translations and pages of code in use must not outlive a change of their TLB
 * entry. */
#include "isa/tests/test.h"

        test_start
        map     8, 0x00400000, 0, page_a - KSEG0_BASE, ENTRYLO_V | ENTRYLO_D
        li      $a0, 0x00400000
        lw      $v0, 0($a0)
        sw      $0, 4($a0)
        map     8, 0x00400000, 0, page_b - KSEG0_BASE, ENTRYLO_V | ENTRYLO_D
        lw      $v1, 0($a0)
        sw      $v0, 4($a0)
        la      $a1, page_b
        lw      $t1, 4($a1)
        check_eq $v0, 0x11111111
        check_eq $v1, 0x22222222
        check_eq $t1, 0x11111111

/* The entry goes to another page: the old one is no longer mapped. */
        map     8, 0x00412000, 0, page_b - KSEG0_BASE, ENTRYLO_V | ENTRYLO_D
gone:   lw      $v0, 0($a0)
        nop
        check_exception 1, EXC_TLBL, gone

/* Code: the page under the program counter is replaced by tlbwi on the page itself. */
        la      $t9, back
        li      $v0, 0
        map     8, 0x00400000, 0, code_a - KSEG0_BASE, ENTRYLO_V
        la      $t0, code_b - KSEG0_BASE + ENTRYLO_V
        write_c0 $t0, CP0_ENTRYLO
        li      $t0, 0x00400000
        jr      $t0
        nop                             # delay slot
back:   check_eq $v0, 2
        test_pass 1

        .data
        .balign 4096
page_a: .word   0x11111111, 0
        .balign 4096
page_b: .word   0x22222222, 0
        .balign 4096
code_a: .word   0x42000002              # tlbwi
        .word   0, 0, 0
        .word   0x03200008              # jr $t9
        .word   0x24020001              # li $v0, 1
        .balign 4096
code_b: .word   0, 0, 0, 0
        .word   0x03200008              # jr $t9
        .word   0x24020002              # li $v0, 2
