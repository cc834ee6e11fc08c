/* conformance 1.7: in user mode an address from 80000000 up is an address error, before any look
 * at the TLB: kseg2 here is mapped. */
#include "isa/tests/test.h"

        test_start
        map     8, 0x00400000, 0, code - KSEG0_BASE, ENTRYLO_V
        map     9, 0xc0400000, 0, page_a - KSEG0_BASE, ENTRYLO_V | ENTRYLO_D | ENTRYLO_G
        .macro  user_access entry, address, exception, number
        la      $s6, .Lback\@
        li      $a0, \address
        enter_user 0x00400000 + \entry
.Lback\@:
        check_eq $s0, \number
        check_bits $s1, CAUSE_EXCCODE_MASK, \exception << CAUSE_EXCCODE_SHIFT
        check_same $s3, $a0
        check_eq $s5, VECTOR_GENERAL & 0xffff
        .endm
        user_access 0, 0x80000000, EXC_ADEL, 1
        user_access 8, 0x80000000, EXC_ADES, 2
        user_access 0, 0xa0000000, EXC_ADEL, 3
        user_access 8, 0xbffffffc, EXC_ADES, 4
        user_access 0, 0xc0400000, EXC_ADEL, 5
        user_access 8, 0xc0400000, EXC_ADES, 6
        user_access 16, 0x80000000, EXC_ADEL, 7
        test_pass 7

        .data
        .balign 4096
code:   .word   0x8c820000              # lw $v0, 0($a0)
        .word   0
        .word   0xac820000              # sw $v0, 0($a0)
        .word   0
        .word   0x00800008              # jr $a0
        .word   0
        .balign 4096
page_a: .word   0x11111111
