/* conformance 1.2: add, addi and sub overflow, their unsigned forms do not; the destination keeps
 * its value. */
#include "isa/tests/test.h"

        test_start
        li      $a0, 0x7fffffff
        li      $a1, 0x80000000
        li      $a2, 1
        li      $v0, 42

l1:     add     $v0, $a0, $a2
        check_exception 1, EXC_OV, l1
        check_eq $v0, 42

l2:     add     $v0, $a1, $a1
        check_exception 2, EXC_OV, l2
        check_eq $v0, 42

l3:     addi    $v0, $a0, 1
        check_exception 3, EXC_OV, l3
        check_eq $v0, 42

l4:     addi    $v0, $a1, -1
        check_exception 4, EXC_OV, l4
        check_eq $v0, 42

l5:     sub     $v0, $a1, $a2
        check_exception 5, EXC_OV, l5
        check_eq $v0, 42

l6:     sub     $v0, $0, $a1
        check_exception 6, EXC_OV, l6
        check_eq $v0, 42

l7:     sub     $v0, $a0, $a1
        check_exception 7, EXC_OV, l7
        check_eq $v0, 42

        addu    $v0, $a0, $a2
        check_eq $v0, 0x80000000
        addiu   $v0, $a1, -1
        check_eq $v0, 0x7fffffff
        subu    $v0, $0, $a1
        check_eq $v0, 0x80000000
        add     $v0, $a0, $a1
        check_eq $v0, -1
        sub     $v0, $a1, $a1
        check_eq $v0, 0
        test_pass 7
