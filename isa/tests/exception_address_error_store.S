/* conformance 1.2: sh and sw raise AdES when misaligned and store nothing; sb, swl and swr never
 * do. */
#include "isa/tests/test.h"

        test_start
        la      $a0, memory
        li      $v0, 0

l1:     sh      $v0, 1($a0)
        check_exception 1, EXC_ADES, l1
        check_eq $s5, VECTOR_GENERAL & 0xffff

l2:     sh      $v0, 3($a0)
        check_exception 2, EXC_ADES, l2
        check_eq $s5, VECTOR_GENERAL & 0xffff

l3:     sw      $v0, 1($a0)
        check_exception 3, EXC_ADES, l3
        check_eq $s5, VECTOR_GENERAL & 0xffff

l4:     sw      $v0, 2($a0)
        check_exception 4, EXC_ADES, l4
        check_eq $s5, VECTOR_GENERAL & 0xffff

l5:     sw      $v0, 3($a0)
        check_exception 5, EXC_ADES, l5
        check_eq $s5, VECTOR_GENERAL & 0xffff

        addiu   $t0, $a0, 3
        check_same $s3, $t0
        lw      $v1, 0($a0)
        nop
        check_eq $v1, 0x11223344
        sb      $v0, 1($a0)
        swl     $v0, 0($a0)
        swr     $v0, 3($a0)
        lw      $v1, 0($a0)
        nop
        check_eq $v1, 0x00220000
        test_pass 5

        .data
memory: .word   0x11223344
