/* conformance 1.1: shifts use the low five bits; logical immediates are not sign-extended; writes
 * to r0 are discarded. */
#include "isa/tests/test.h"

        test_start
        li      $a0, 0x80000001
        li      $a1, 33
        sllv    $v0, $a0, $a1
        srlv    $v1, $a0, $a1
        srav    $a2, $a0, $a1
        check_eq $v0, 2
        check_eq $v1, 0x40000000
        check_eq $a2, 0xc0000000
        sra     $v0, $a0, 31
        srl     $v1, $a0, 31
        sll     $a2, $a0, 31
        check_eq $v0, -1
        check_eq $v1, 1
        check_eq $a2, 0x80000000
        li      $a1, -1
        andi    $v0, $a1, 0x8000
        ori     $v1, $0, 0x8000
        xori    $a2, $a1, 0xffff
        nor     $a3, $0, $a0
        check_eq $v0, 0x8000
        check_eq $v1, 0x8000
        check_eq $a2, 0xffff0000
        check_eq $a3, 0x7ffffffe
        addiu   $0, $0, 7
        move    $v0, $0
        check_eq $v0, 0
        test_pass
