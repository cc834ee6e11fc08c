/* conformance 1.7: one page in two address spaces with two frames: mtc0 to EntryHi switches data,
 * and the code under the program counter. */
#include "isa/tests/test.h"

        test_start
        map     8, 0x00400000, 1, page_a - KSEG0_BASE, ENTRYLO_V | ENTRYLO_D
        map     9, 0x00400000, 2, page_b - KSEG0_BASE, ENTRYLO_V | ENTRYLO_D
        map     10, 0x00401000, 1, code_a - KSEG0_BASE, ENTRYLO_V
        map     11, 0x00401000, 2, code_b - KSEG0_BASE, ENTRYLO_V
        li      $a0, 0x00400000
        li      $t1, 1 << ENTRYHI_ASID_SHIFT
        li      $t2, 2 << ENTRYHI_ASID_SHIFT
        li      $t3, 3                  # to and fro
switch: write_c0 $t1, CP0_ENTRYHI
        nop
        nop
        lw      $v0, 0($a0)
        sw      $t3, 4($a0)
        write_c0 $t2, CP0_ENTRYHI
        nop
        nop
        lw      $v1, 0($a0)
        sw      $0, 4($a0)
        check_eq $v0, 0x11111111
        check_eq $v1, 0x22222222
        la      $a1, page_a
        la      $a2, page_b
        lw      $v0, 4($a1)
        lw      $v1, 4($a2)
        check_same $v0, $t3
        check_same $v1, $0
        addiu   $t3, $t3, -1
        bnez    $t3, switch
        nop                             # delay slot

        write_c0 $t1, CP0_ENTRYHI
        la      $t9, back
        li      $v0, 0
        li      $t0, 0x00401000
        jr      $t0
        nop                             # delay slot
back:   check_eq $v0, 2
        get_c0  $v1, CP0_ENTRYHI
        check_same $v1, $t2
        test_pass

        .data
        .balign 4096
page_a: .word   0x11111111, 0
        .balign 4096
page_b: .word   0x22222222, 0
        .balign 4096
code_a: mtc0    $t2, $CP0_ENTRYHI
        nop
        nop
        nop
        jr      $t9
        li      $v0, 1                  # delay slot
        .balign 4096
code_b: nop
        nop
        nop
        nop
        jr      $t9
        li      $v0, 2                  # delay slot
