/* conformance 1.7: no match in kseg2 goes to the general vector with TLBL or TLBS. */
#include "isa/tests/test.h"

        test_start
        li      $a0, 0xc0400000
load:   lw      $v0, 0($a0)
        nop
        check_exception 1, EXC_TLBL, load
        check_eq $s5, VECTOR_GENERAL & 0xffff
store:  sw      $v0, 4($a0)
        check_exception 2, EXC_TLBS, store
        check_eq $s5, VECTOR_GENERAL & 0xffff
        li      $t0, 0xc0400004
        check_same $s3, $t0
        li      $a0, 0xfffff000
last:   lw      $v0, 0xffc($a0)
        nop
        check_exception 3, EXC_TLBL, last
        test_pass 3
