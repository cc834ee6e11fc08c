/* conformance 1.7: a store through a valid entry with D = 0 raises Mod at the general vector and
 * changes nothing; a load is allowed. */
#include "isa/tests/test.h"

        test_start
        map     8, 0x00400000, 0, page_a - KSEG0_BASE, ENTRYLO_V
        li      $a0, 0x00400000
        lw      $v0, 0($a0)
        nop
        check_eq $v0, 0x11111111
store:  sw      $0, 0($a0)
        check_exception 1, EXC_MOD, store
        check_eq $s5, VECTOR_GENERAL & 0xffff
        check_same $s3, $a0
byte:   sb      $0, 3($a0)
        check_exception 2, EXC_MOD, byte
        lw      $v0, 0($a0)
        nop
        check_eq $v0, 0x11111111

/* With D = 1 the same store goes through. */
        map     8, 0x00400000, 0, page_a - KSEG0_BASE, ENTRYLO_V | ENTRYLO_D
        sw      $0, 0($a0)
        la      $a1, page_a
        lw      $v0, 0($a1)
        nop
        check_eq $v0, 0
        test_pass 2

        .data
        .balign 4096
page_a: .word   0x11111111
        .balign 4096
page_b: .word   0x22222222
        .balign 4096
