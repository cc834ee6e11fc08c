/* conformance 1.7: V is looked at before D: a store of any width through an entry with neither
 * raises TLBS, not Mod, at the general vector. */
#include "isa/tests/test.h"

        .set    stores, 0
        .macro  is_tlbs insn:vararg
        .set    stores, stores + 1
.Lstore\@:
        \insn
        check_exception stores, EXC_TLBS, .Lstore\@
        check_eq $s5, VECTOR_GENERAL & 0xffff
        .endm

        test_start
        map     8, 0x00400000, 0, page - KSEG0_BASE, 0
        map     9, 0xc0400000, 0, page - KSEG0_BASE, ENTRYLO_G
        li      $a0, 0x00400000
        li      $a1, 0xc0400000
        is_tlbs sw $0, 0($a0)
        is_tlbs sh $0, 2($a0)
        is_tlbs sb $0, 3($a0)
        is_tlbs swl $0, 1($a0)
        is_tlbs swr $0, 2($a0)
        is_tlbs sw $0, 0($a1)
        is_tlbs sb $0, 1($a1)
        la      $a0, page
        lw      $v0, 0($a0)
        nop
        check_eq $v0, 0x11111111
        test_pass 7

        .data
        .balign 4096
page:   .word   0x11111111
