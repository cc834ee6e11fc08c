/* All twenty bits of the VPN, and no bit of the offset, take part in the match: every word of a
 * page is found, so that it misses once, and a page that differs in one bit is not. */
#include "isa/tests/test.h"

        test_start
        map     8, 0x2a955000, 0, page_a - KSEG0_BASE, ENTRYLO_V
        li      $a0, 0x2a955000
        addiu   $a1, $a0, 0xffc
1:      lw      $v0, 0($a0)
        nop
        beq     $a0, $a1, 2f
        addiu   $a0, $a0, 4             # delay slot
        b       1b
        nop                             # delay slot
2:      check_eq $s0, 0
        check_eq $v0, 0x11111111

        li      $t1, 0x1000
3:      li      $a0, 0x2a955000
        xor     $a0, $a0, $t1
        lw      $v0, 0($a0)
        nop
        check_bits $s1, CAUSE_EXCCODE_MASK, EXC_TLBL << CAUSE_EXCCODE_SHIFT
        check_same $s3, $a0
        sll     $t1, $t1, 1
        bgtz    $t1, 3b                 # bits 12 to 30
        nop                             # delay slot
        check_eq $s0, 19
        check_eq $s5, VECTOR_UTLB & 0xffff
/* Bit 31, with bit 30: kseg2. */
        li      $a0, 0xea955000
        lw      $v0, 0($a0)
        nop
        check_same $s3, $a0
        check_eq $s5, VECTOR_GENERAL & 0xffff
        test_pass 20

        .data
        .balign 4096
page_a: .fill   1024, 4, 0x11111111
