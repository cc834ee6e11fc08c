/* conformance 1.1: sllv, srlv and srav take the low five bits of the amount: 0 and 32 shift by
 * nothing, 31, 63 and -1 by 31. */
#include "isa/tests/test.h"

        test_start
        li      $a0, 0x80000003
        .macro  shifts amount, left, right, arithmetic
        li      $a1, \amount
        sllv    $v0, $a0, $a1
        srlv    $v1, $a0, $a1
        srav    $a2, $a0, $a1
        check_eq $v0, \left
        check_eq $v1, \right
        check_eq $a2, \arithmetic
        .endm
        shifts  0, 0x80000003, 0x80000003, 0x80000003
        shifts  32, 0x80000003, 0x80000003, 0x80000003
        shifts  0xffffffe0, 0x80000003, 0x80000003, 0x80000003
        shifts  1, 6, 0x40000001, 0xc0000001
        shifts  31, 0x80000000, 1, -1
        shifts  63, 0x80000000, 1, -1
        shifts  -1, 0x80000000, 1, -1
        shifts  16, 0x00030000, 0x8000, 0xffff8000
        test_pass
