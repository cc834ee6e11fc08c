/* conformance 1.5: products of 64 bits; quotients that round towards zero and remainders with the
 * sign of the dividend; mthi and mtlo. */
#include "isa/tests/test.h"

        test_start
        li      $a0, 0x80000000
        li      $a1, -1
        li      $a2, 7
        li      $a3, -2
        .macro  gives op, a, b, hi, lo
        \op     \a, \b
        mfhi    $v0
        mflo    $v1
        check_eq $v0, \hi
        check_eq $v1, \lo
        .endm
        gives   mult, $a0, $a1, 0, 0x80000000
        gives   multu, $a0, $a1, 0x7fffffff, 0x80000000
        gives   multu, $a1, $a1, 0xfffffffe, 1
        gives   mult, $a2, $a3, -1, -14
        div     $0, $a2, $a3
        mfhi    $v0
        mflo    $v1
        check_eq $v0, 1
        check_eq $v1, -3
        mthi    $a2
        mtlo    $a3
        mfhi    $v0
        mflo    $v1
        check_eq $v0, 7
        check_eq $v1, -2
        test_pass
