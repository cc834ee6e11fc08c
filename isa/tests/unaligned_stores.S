/* conformance 1.3: swl and swr at each of the four offsets, little-endian. */
#include "isa/tests/test.h"

        test_start
        la      $a0, memory
        li      $a1, 0xaabbccdd

        li      $t0, 0x55667788
        sw      $t0, 0($a0)
        swl     $a1, 0($a0)
        lw      $v0, 0($a0)
        sw      $t0, 0($a0)
        swr     $a1, 0($a0)
        lw      $v1, 0($a0)
        nop
        check_eq $v0, 0x556677aa
        check_eq $v1, 0xaabbccdd

        li      $t0, 0x55667788
        sw      $t0, 0($a0)
        swl     $a1, 1($a0)
        lw      $v0, 0($a0)
        sw      $t0, 0($a0)
        swr     $a1, 1($a0)
        lw      $v1, 0($a0)
        nop
        check_eq $v0, 0x5566aabb
        check_eq $v1, 0xbbccdd88

        li      $t0, 0x55667788
        sw      $t0, 0($a0)
        swl     $a1, 2($a0)
        lw      $v0, 0($a0)
        sw      $t0, 0($a0)
        swr     $a1, 2($a0)
        lw      $v1, 0($a0)
        nop
        check_eq $v0, 0x55aabbcc
        check_eq $v1, 0xccdd7788

        li      $t0, 0x55667788
        sw      $t0, 0($a0)
        swl     $a1, 3($a0)
        lw      $v0, 0($a0)
        sw      $t0, 0($a0)
        swr     $a1, 3($a0)
        lw      $v1, 0($a0)
        nop
        check_eq $v0, 0xaabbccdd
        check_eq $v1, 0xdd667788
        test_pass

        .data
memory: .word   0
