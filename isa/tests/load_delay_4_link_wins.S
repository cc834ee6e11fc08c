/* conformance 1.3, rule 4: jal and bal write the link register at once: it wins over a load that
 * is in flight to it, is visible in the delay slot, and can be overwritten there. */
#include "isa/tests/test.h"

        test_start
        la      $a0, memory
        lw      $ra, 0($a0)
        jal     after_load
        move    $v0, $ra                # delay slot: sees the link
linked:
after_load:
        move    $v1, $ra
        check_address $v0, linked
        check_address $v1, linked

        lw      $ra, 0($a0)
        bltzal  $0, after_load          # not taken, links all the same
        move    $v0, $ra                # delay slot
linked_by_branch:
        check_address $v0, linked_by_branch
        check_address $ra, linked_by_branch

        jal     overwritten
        move    $ra, $0                 # delay slot: wins over the link
overwritten:
        check_eq $ra, 0
        test_pass

        .data
memory: .word   0x11223344
