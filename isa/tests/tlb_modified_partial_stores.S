/* conformance 1.7: Mod for the stores of parts of a word: sh, sb, swl and swr. Nothing is stored;
 * once D is set the restarted store is. */
#include "isa/tests/test.h"

        .set    stores, 0
        .macro  is_mod address, insn:vararg
        .set    stores, stores + 1
.Lstore\@:
        \insn
        check_exception stores, EXC_MOD, .Lstore\@
        check_eq $s3, \address
        check_eq $s5, VECTOR_GENERAL & 0xffff
        .endm

        test_start
        map     8, 0x00400000, 0, page - KSEG0_BASE, ENTRYLO_V
        li      $a0, 0x00400000
        is_mod  0x00400002, sh $0, 2($a0)
        is_mod  0x00400003, sb $0, 3($a0)
        is_mod  0x00400001, swl $0, 1($a0)
        is_mod  0x00400002, swr $0, 2($a0)
        lw      $v0, 0($a0)
        nop
        check_eq $v0, 0x11223344

        la      $s6, modified
        swl     $0, 1($a0)
        li      $s6, 0
        lw      $v0, 0($a0)
        nop
        check_eq $v0, 0x11220000
        test_pass 5
modified:
        map     8, 0x00400000, 0, page - KSEG0_BASE, ENTRYLO_V | ENTRYLO_D
        restart

        .data
        .balign 4096
page:   .word   0x11223344
