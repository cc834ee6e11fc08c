/* conformance 1.3, rule 5: a fault of the fetch right after a load lets the load complete: the
 * first instruction at the target, once it can be fetched, sees the new value. */
#include "isa/tests/test.h"

        test_start
        la      $a0, memory
        li      $t0, 0x00400000
        la      $t9, back
        la      $s6, missed
        li      $v0, 4
        jr      $t0
        lw      $v0, 0($a0)             # delay slot
missed: check_eq $s0, 1
        check_bits $s1, CAUSE_EXCCODE_MASK | CAUSE_BD, EXC_TLBL << CAUSE_EXCCODE_SHIFT
        check_same $s2, $t0
        check_eq $v0, 0x11223344
        map     8, 0x00400000, 0, page - KSEG0_BASE, ENTRYLO_V
        restart
back:   check_eq $v1, 0x11223344

        .macro  completes_before target, code
        la      $s6, .Lback\@
        li      $t0, \target
        li      $v0, 4
        jr      $t0
        lw      $v0, 0($a0)             # delay slot
.Lback\@:
        check_bits $s1, CAUSE_EXCCODE_MASK | CAUSE_BD, \code << CAUSE_EXCCODE_SHIFT
        check_eq $v0, 0x11223344
        .endm
        completes_before ABSENT_KSEG1, EXC_IBE
        completes_before 0x00400002, EXC_ADEL
        completes_before 0xc0400000, EXC_TLBL
        test_pass 4

        .data
memory: .word   0x11223344
        .balign 4096
page:   move    $v1, $v0
        jr      $t9
        nop                             # delay slot
