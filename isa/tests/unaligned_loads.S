/* conformance 1.3: lwl and lwr at each of the four offsets, little-endian. They never raise an
 * address error for alignment. */
#include "isa/tests/test.h"

        test_start
        la      $a0, memory

        li      $v0, 0xaabbccdd
        li      $v1, 0xaabbccdd
        lwl     $v0, 0($a0)
        lwr     $v1, 0($a0)
        nop
        check_eq $v0, 0x88bbccdd
        check_eq $v1, 0x55667788

        li      $v0, 0xaabbccdd
        li      $v1, 0xaabbccdd
        lwl     $v0, 1($a0)
        lwr     $v1, 1($a0)
        nop
        check_eq $v0, 0x7788ccdd
        check_eq $v1, 0xaa556677

        li      $v0, 0xaabbccdd
        li      $v1, 0xaabbccdd
        lwl     $v0, 2($a0)
        lwr     $v1, 2($a0)
        nop
        check_eq $v0, 0x667788dd
        check_eq $v1, 0xaabb5566

        li      $v0, 0xaabbccdd
        li      $v1, 0xaabbccdd
        lwl     $v0, 3($a0)
        lwr     $v1, 3($a0)
        nop
        check_eq $v0, 0x55667788
        check_eq $v1, 0xaabbcc55
        test_pass

        .data
memory: .word   0x55667788
