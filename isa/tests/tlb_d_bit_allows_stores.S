/* D = 1 allows stores of every width, D = 0 allows none; loads and fetches do not look at it. */
#include "isa/tests/test.h"

        .set    count, 0
        .macro  check_store op, offset
        \op     $v0, \offset($a0)       # D = 1
        check_eq $s0, count
        .set    count, count + 1
.Lstore\@:
        \op     $v0, \offset($a1)       # D = 0
        check_exception count, EXC_MOD, .Lstore\@
        .endm

        test_start
        map     8, 0x00400000, 0, page_a - KSEG0_BASE, ENTRYLO_V | ENTRYLO_D
        map     9, 0x00401000, 0, page_b - KSEG0_BASE, ENTRYLO_V
        li      $a0, 0x00400000
        li      $a1, 0x00401000
        li      $v0, -1
        check_store sw, 0
        check_store sh, 6
        check_store sb, 9
        check_store swl, 13
        check_store swr, 18
        .irp    offset, 0, 4, 8, 12, 16
        lw      $v1, \offset($a1)
        nop
        check_eq $v1, 0x11111111
        .endr
        .irp    expected, 0xffffffff, 0xffff1111, 0x1111ff11, 0x1111ffff, 0xffff1111
        lw      $v1, 0($a0)
        addiu   $a0, $a0, 4
        check_eq $v1, \expected
        .endr

        li      $a1, 0x00401020
        la      $t1, back
        jr      $a1
        nop                             # delay slot
back:   test_pass count

        .data
        .balign 4096
page_a: .fill   5, 4, 0x11111111
        .balign 4096
page_b: .fill   8, 4, 0x11111111
        jr      $t1
        nop                             # delay slot
