/* conformance 1.7: 64 entries of 4 KiB, fully associative: each maps its own page and only that. */
#include "isa/tests/test.h"

        test_start
        li      $t1, 63
        la      $t2, page_a - KSEG0_BASE + ENTRYLO_V
        write_c0 $t2, CP0_ENTRYLO
1:      sll     $t0, $t1, INDEX_SHIFT
        write_c0 $t0, CP0_INDEX
        sll     $t0, $t1, 13            # every other page
        lui     $t2, 0x0040
        or      $t0, $t0, $t2
        write_c0 $t0, CP0_ENTRYHI
        nop
        tlbwi
        bnez    $t1, 1b
        addiu   $t1, $t1, -1            # delay slot

        li      $t1, 63
2:      sll     $t0, $t1, 13
        lui     $t2, 0x0040
        or      $t0, $t0, $t2
        lw      $v0, 0($t0)
        addiu   $s7, $s0, 1
        check_eq $v0, 0x11111111
        lw      $v0, 0x1000($t0)        # the page between: not mapped
        nop
        check_same $s0, $s7
        bnez    $t1, 2b
        addiu   $t1, $t1, -1            # delay slot
        test_pass 64

        .data
        .balign 4096
page_a: .word   0x11111111
        .balign 4096
page_b: .word   0x22222222
        .balign 4096
