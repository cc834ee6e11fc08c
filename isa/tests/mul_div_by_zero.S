/* conformance 1.5: division does not trap. By zero: LO = -1, or 1 for a negative signed dividend,
 * and HI the dividend; 80000000 / -1 gives 80000000 and 0. */
#include "isa/tests/test.h"

        test_start
        li      $a0, 42
        li      $a1, -42
        li      $a2, 0x80000000
        li      $a3, -1
        .macro  divides op, dividend, divisor, hi, lo
        \op     $0, \dividend, \divisor
        mfhi    $v0
        mflo    $v1
        check_eq $v0, \hi
        check_eq $v1, \lo
        .endm
        divides div, $a0, $0, 42, -1
        divides div, $0, $0, 0, -1
        divides div, $a1, $0, -42, 1
        divides divu, $a0, $0, 42, -1
        divides divu, $a1, $0, -42, -1
        divides div, $a2, $a3, 0, 0x80000000
        divides divu, $a2, $a3, 0x80000000, 0
        divides div, $a1, $a0, 0, -1
        test_pass
