/* Every load raises DBE where nothing answers, and keeps its register. BadVAddr stays as it is. */
#include "isa/tests/test.h"

        test_start
        li      $a1, 0x00400000
        lw      $v0, 4($a1)             # a miss, for BadVAddr
        li      $a0, ABSENT_KSEG1
        .set    count, 1
        .irp    op, lb, lbu, lh, lhu, lw, lwl, lwr
        .set    count, count + 1
        li      $v0, 0xaabbccdd
.Lload\op:
        \op     $v0, 0($a0)
        nop
        check_exception count, EXC_DBE, .Lload\op
        check_eq $v0, 0xaabbccdd
        check_eq $s3, 0x00400004
        .endr
        test_pass count
