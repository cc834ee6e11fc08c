/* conformance 1.1: sltiu extends the sign of its immediate and then compares unsigned; slti, slt
 * and sltu at their edges. */
#include "isa/tests/test.h"

        test_start
        li      $a0, -1
        li      $a1, 0x7fffffff
        sltiu   $v0, $a1, -1
        sltiu   $v1, $a0, -1
        slti    $a2, $a0, 0
        slti    $a3, $a1, -1
        check_eq $v0, 1
        check_eq $v1, 0
        check_eq $a2, 1
        check_eq $a3, 0
        slt     $v0, $a0, $a1
        sltu    $v1, $a0, $a1
        check_eq $v0, 1
        check_eq $v1, 0
        test_pass
