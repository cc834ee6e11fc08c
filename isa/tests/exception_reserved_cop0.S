/* conformance 1.1: coprocessor 0 has moves 00 and 04 and branches 08 only: the other values of rs
 * below 10 raise RI in kernel mode, and so do operations other than the five. In user mode they are
 * unusable first. */
#include "isa/tests/test.h"

        .set    words, 0
        .macro  is_reserved word:vararg
        .set    words, words + 1
.Lword\@:
        .word   \word
        check_exception words, EXC_RI, .Lword\@
        .endm

        test_start
        li      $v0, 42
        .irp    rs, 0x01, 0x02, 0x03, 0x05, 0x06, 0x07
        is_reserved 0x40026000 | (\rs << 21)
        .endr
        .irp    rs, 0x09, 0x0a, 0x0b, 0x0c, 0x0d, 0x0e, 0x0f
        is_reserved 0x40026000 | (\rs << 21)
        .endr
        .irp    function, 0x00, 0x03, 0x04, 0x05, 0x07, 0x09, 0x0f, 0x11, 0x18, 0x1f, 0x20, 0x3f
        is_reserved 0x42000000 | \function
        .endr
        check_eq $v0, 42

        map     8, 0x00400000, 0, code - KSEG0_BASE, ENTRYLO_V
        run_user 0x00400000
        check_bits $s1, CAUSE_EXCCODE_MASK, EXC_CPU << CAUSE_EXCCODE_SHIFT
        run_user 0x00400004
        check_bits $s1, CAUSE_EXCCODE_MASK, EXC_CPU << CAUSE_EXCCODE_SHIFT
        test_pass 27

        .data
        .balign 4096
code:   .word   0x40226000              # rs 01
        .word   0x42000018              # operation 18
