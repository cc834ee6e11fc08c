/* conformance 1.3, rules 5 and 6: a word across two pages of which one is not mapped: the first of
 * the pair is complete when the second faults, and the restarted second merges with it. Both
 * orders. */
#include "isa/tests/test.h"

        test_start
        li      $a0, 0x00400ffd
        map     8, 0x00401000, 0, page_b - KSEG0_BASE, ENTRYLO_V
        la      $s6, lower
        li      $v0, 0xaabbccdd
        lwl     $v0, 3($a0)             # the upper byte, on the page that is mapped
right:  lwr     $v0, 0($a0)
        nop
        check_eq $v0, 0x55112233
        b       other_order
        nop                             # delay slot
lower:  check_exception 1, EXC_TLBL, right
        check_eq $s3, 0x00400ffd
        check_eq $v0, 0x55bbccdd        # half of it
        map     9, 0x00400000, 0, page_a - KSEG0_BASE, ENTRYLO_V
        restart

other_order:
        map     8, 0x00407000, 0, page_b - KSEG0_BASE, ENTRYLO_V
        la      $s6, upper
        li      $v0, 0xaabbccdd
        lwr     $v0, 0($a0)
left:   lwl     $v0, 3($a0)
        nop
        check_eq $v0, 0x55112233
        b       done
        nop                             # delay slot
upper:  check_exception 2, EXC_TLBL, left
        check_eq $s3, 0x00401000
        check_eq $v0, 0xaa112233
        map     8, 0x00401000, 0, page_b - KSEG0_BASE, ENTRYLO_V
        restart
done:
        test_pass 2

        .data
        .balign 4096
page_a: .space  4092
        .word   0x11223344
page_b: .word   0x88667755
