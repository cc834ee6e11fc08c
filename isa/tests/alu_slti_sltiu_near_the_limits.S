/* slti compares signed, sltiu unsigned with its immediate sign-extended first: both at the limits
 * of the immediate, of int and of unsigned. */
#include "isa/tests/test.h"

        .macro  check_less value, immediate, signed, unsigned
        li      $a0, \value
        slti    $v0, $a0, \immediate
        sltiu   $v1, $a0, \immediate
        check_eq $v0, \signed
        check_eq $v1, \unsigned
        .endm

        test_start
        check_less 0xffffffff, -1, 0, 0
        check_less 0xfffffffe, -1, 1, 1
        check_less 0xffff8000, -32768, 0, 0
        check_less 0xffff7fff, -32768, 1, 1
        check_less 0x7fff, 32767, 0, 0
        check_less 0x7ffe, 32767, 1, 1
        check_less 0x7fffffff, -1, 0, 1
        check_less 0x80000000, -1, 1, 1
        check_less 0x80000000, 32767, 1, 0
        check_less 0x80000000, 0, 1, 0
        check_less 0, -32768, 0, 1
        check_less 0, 0, 0, 0
        check_less 0, 1, 1, 1
        check_less 0xffffffff, 0, 1, 0
        check_less 0x8000, -32768, 0, 1
        test_pass
