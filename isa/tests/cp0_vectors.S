/* conformance 1.6: a refill in kuseg goes to 80000000, all other exceptions to 80000080. */
#include "isa/tests/test.h"

        test_start
        li      $s5, 0xff
        lw      $v0, 0($0)
        check_eq $s5, VECTOR_UTLB & 0xffff
        syscall
        check_eq $s5, VECTOR_GENERAL & 0xffff
        sw      $v0, 0($0)
        check_eq $s5, VECTOR_UTLB & 0xffff
        lw      $v0, 2($0)
        check_eq $s5, VECTOR_GENERAL & 0xffff
        test_pass 4
