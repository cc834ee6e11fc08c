/* conformance 1.1: a load to r0 makes the access and can fault; r0 stays zero. */
#include "isa/tests/test.h"

        test_start
        la      $a0, memory
        lw      $0, 0($a0)
        move    $v0, $0                 # load delay
        move    $v1, $0
        check_eq $v0, 0
        check_eq $v1, 0
        li      $a0, ABSENT_KSEG1
absent: lbu     $0, 0($a0)
        nop
        check_exception 1, EXC_DBE, absent
missing:lw      $0, 0($0)
        nop
        check_exception 2, EXC_TLBL, missing
        test_pass 2

        .data
memory: .word   0x11223344
