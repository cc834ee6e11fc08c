/* conformance 1.1: lb and lh extend the sign, lbu and lhu do not; offsets are signed. */
#include "isa/tests/test.h"

        test_start
        la      $a0, memory + 0x7ffc
        lb      $v0, -0x7ffc($a0)
        lbu     $v1, -0x7ffc($a0)
        lh      $a1, -0x7ffa($a0)
        lhu     $a2, -0x7ffa($a0)
        nop
        check_eq $v0, 0xffffff88
        check_eq $v1, 0x88
        check_eq $a1, 0xffff8566
        check_eq $a2, 0x8566
        lb      $v0, -0x7ffb($a0)
        lh      $v1, -0x7ffc($a0)
        nop
        check_eq $v0, 0x77
        check_eq $v1, 0x7788
        test_pass

        .data
memory: .word   0x85667788
