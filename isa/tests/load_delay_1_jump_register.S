/* conformance 1.3, rule 1: jr and jalr through a register with a load in flight jump to the old
 * value; their delay slot reads the new one. */
#include "isa/tests/test.h"

        test_start
        la      $a0, memory
        la      $t0, first
        lw      $t0, 0($a0)
        jr      $t0
        move    $v1, $t0                # delay slot
wrong:  li      $v0, 1
        check_eq $v0, 0
first:  check_address $v1, wrong

        la      $t0, second
        lw      $t0, 0($a0)
        jalr    $t0
        move    $v1, $t0                # delay slot
linked: b       wrong
        nop                             # delay slot
second: check_address $v1, wrong
        check_address $ra, linked
        test_pass

        .data
memory: .word   wrong
