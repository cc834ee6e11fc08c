/* conformance 1.4: a branch in the last word of a page with its slot on a page that is not mapped:
 * refill and restart at the branch, taken or not. The slot runs once. */
#include "isa/tests/test.h"

        test_start
        map     8, 0x00400000, 0, page_a - KSEG0_BASE, ENTRYLO_V
        la      $t9, back
        la      $s6, missed
        li      $t0, 0x00400ffc
        li      $v0, 0
        li      $v1, 1                  # not taken
        jr      $t0
        nop                             # delay slot
back:   check_eq $s0, 1
        check_eq $v0, 0x5

        map     9, 0x00402000, 0, page_b - KSEG0_BASE, ENTRYLO_V # no longer at 00401000
        la      $t9, back_again
        li      $v0, 0
        li      $v1, 0                  # taken
        jr      $t0
        nop                             # delay slot
back_again:
        check_eq $s0, 2
        check_eq $v0, 0x3
        test_pass 2

missed: check_eq $s2, 0x00400ffc
        check_eq $s3, 0x00401000
        check_bits $s1, CAUSE_BD | CAUSE_EXCCODE_MASK, CAUSE_BD | (EXC_TLBL << CAUSE_EXCCODE_SHIFT)
        check_eq $s5, VECTOR_UTLB & 0xffff
        check_eq $v0, 0
        map     9, 0x00401000, 0, page_b - KSEG0_BASE, ENTRYLO_V
        restart

        .data
        .balign 4096
page_a: jr      $t9
        addiu   $v0, $v0, 2             # delay slot
        .space  4084
        beqz    $v1, page_a
page_b: addiu   $v0, $v0, 1             # delay slot
        jr      $t9
        addiu   $v0, $v0, 4             # delay slot
