/* conformance 1.2: lh, lhu and lw raise AdEL when misaligned; bytes, lwl and lwr never do.
 * Alignment is looked at before the TLB. */
#include "isa/tests/test.h"

        test_start
        li      $a0, 0x00400000         # not mapped
        li      $v0, 42

l1:     lh      $v0, 1($a0)
        nop
        check_exception 1, EXC_ADEL, l1
        check_eq $s5, VECTOR_GENERAL & 0xffff
        check_eq $v0, 42

l2:     lhu     $v0, 3($a0)
        nop
        check_exception 2, EXC_ADEL, l2
        check_eq $s5, VECTOR_GENERAL & 0xffff
        check_eq $v0, 42

l3:     lw      $v0, 1($a0)
        nop
        check_exception 3, EXC_ADEL, l3
        check_eq $s5, VECTOR_GENERAL & 0xffff
        check_eq $v0, 42

l4:     lw      $v0, 2($a0)
        nop
        check_exception 4, EXC_ADEL, l4
        check_eq $s5, VECTOR_GENERAL & 0xffff
        check_eq $v0, 42

l5:     lw      $v0, 3($a0)
        nop
        check_exception 5, EXC_ADEL, l5
        check_eq $s5, VECTOR_GENERAL & 0xffff
        check_eq $v0, 42

        check_eq $s3, 0x00400003
        la      $a0, memory
        lb      $v0, 1($a0)
        lwl     $v0, 1($a0)
        lwr     $v0, 3($a0)
        lh      $v0, 2($a0)
        test_pass 5

        .data
memory: .word   0x11223344
