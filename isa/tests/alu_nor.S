/* nor is the complement of or, in all bits, with register 0 a complement. */
#include "isa/tests/test.h"

        test_start
        li      $a0, 0x0ff00ff0
        li      $a1, 0x00ffff00
        nor     $v0, $a0, $a1
        check_eq $v0, 0xf00000 << 8 | 0x0f
        nor     $v0, $a0, $0
        check_eq $v0, 0xf00ff00f
        nor     $v0, $0, $0
        check_eq $v0, -1
        nor     $0, $a0, $a1
        move    $v0, $0
        check_eq $v0, 0
        nor     $a0, $a0, $a0
        check_eq $a0, 0xf00ff00f
        test_pass
