/* conformance 1.7: a match with V = 0 goes to the general vector with TLBL or TLBS, in kuseg
 * too. */
#include "isa/tests/test.h"

        test_start
        map     8, 0x00400000, 0, page_a - KSEG0_BASE, ENTRYLO_D
        li      $a0, 0x00400000
load:   lw      $v0, 0($a0)
        nop
        check_exception 1, EXC_TLBL, load
        check_eq $s5, VECTOR_GENERAL & 0xffff
store:  sw      $v0, 4($a0)
        check_exception 2, EXC_TLBS, store
        check_eq $s5, VECTOR_GENERAL & 0xffff
        test_pass 2

        .data
        .balign 4096
page_a: .word   0x11111111
        .balign 4096
page_b: .word   0x22222222
        .balign 4096
