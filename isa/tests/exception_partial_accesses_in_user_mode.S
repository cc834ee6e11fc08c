/* lb, lbu, lwl and lwr raise AdEL, and sb, swl and swr AdES, for one reason only: an address
 * outside kuseg in user mode. Their alignment is never wrong. */
#include "isa/tests/test.h"

        .set    count, 0
        .set    entry, 0
        .macro  check_refused address, code
        .set    count, count + 1
        li      $a0, \address
        run_user 0x00400000 + entry
        check_eq $s0, count
        check_bits $s1, CAUSE_EXCCODE_MASK, \code << CAUSE_EXCCODE_SHIFT
        check_eq $s2, 0x00400000 + entry
        check_same $s3, $a0
        check_eq $s5, VECTOR_GENERAL & 0xffff
        .endm

        test_start
        map     8, 0x00400000, 0, user - KSEG0_BASE, ENTRYLO_V
        map     9, 0xc0400000, 0, 0, ENTRYLO_V
        .rept   4
        check_refused 0x80000001, EXC_ADEL
        check_refused 0xa0000002, EXC_ADEL
        check_refused 0xc0400003, EXC_ADEL
        .set    entry, entry + 4
        .endr
        .rept   3
        check_refused 0x80000001, EXC_ADES
        check_refused 0xa0000002, EXC_ADES
        check_refused 0xc0400003, EXC_ADES
        .set    entry, entry + 4
        .endr
        test_pass count

        .data
        .balign 4096
user:   lb      $v0, 0($a0)
        lbu     $v0, 0($a0)
        lwl     $v0, 0($a0)
        lwr     $v0, 0($a0)
        sb      $v0, 0($a0)
        swl     $v0, 0($a0)
        swr     $v0, 0($a0)
