/* An unaligned load that faults changes no byte of its register, whether the fault is a refill, an
 * invalid entry, a bus error or, in user mode, an address error. */
#include "isa/tests/test.h"

        .set    count, 0
        .macro  check_kept op, offset, code
        .set    count, count + 1
        li      $v0, 0xaabbccdd
.Lload\@:
        \op     $v0, \offset($a0)
        nop
        check_exception count, \code, .Lload\@
        check_eq $v0, 0xaabbccdd
        .endm
        .macro  check_all code
        .irp    offset, 0, 1, 2, 3
        check_kept lwl, \offset, \code
        check_kept lwr, \offset, \code
        .endr
        .endm

        test_start
        map     8, 0xc0400000, 0, 0, 0
        li      $a0, 0x00400000
        check_all EXC_TLBL
        li      $a0, 0xc0400000
        check_all EXC_TLBL
        li      $a0, ABSENT_KSEG1
        check_all EXC_DBE

        map     9, 0x00400000, 0, user - KSEG0_BASE, ENTRYLO_V
        li      $a0, 0x80000000
        .irp    entry, 0, 4
        .set    count, count + 1
        li      $v0, 0xaabbccdd
        run_user 0x00400000 + \entry
        check_eq $s0, count
        check_bits $s1, CAUSE_EXCCODE_MASK, EXC_ADEL << CAUSE_EXCCODE_SHIFT
        check_eq $v0, 0xaabbccdd
        .endr
        test_pass count

        .data
        .balign 4096
user:   lwl     $v0, 1($a0)
        lwr     $v0, 1($a0)
