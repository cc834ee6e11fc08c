/* conformance 1.3, rules 1 and 4: a load to $31 in the delay slot of jal comes after the link: the
 * first instruction at the target reads the link, the second what was loaded. */
#include "isa/tests/test.h"

        test_start
        la      $a0, memory
        jal     first
        lw      $ra, 0($a0)             # delay slot
1:      nop
first:  move    $v0, $ra
        move    $v1, $ra
        check_address $v0, 1b
        check_eq $v1, 0x11223344

        li      $t0, -1
        bltzal  $t0, second
        lw      $ra, 0($a0)             # delay slot
2:      nop
second: move    $v0, $ra
        move    $v1, $ra
        check_address $v0, 2b
        check_eq $v1, 0x11223344

/* jalr to another register: its link wins over a load in flight to that register. */
        la      $t0, third
        lw      $t1, 0($a0)
        jalr    $t1, $t0
        move    $v0, $t1                # delay slot
3:      nop
third:  check_address $v0, 3b
        check_address $t1, 3b
        test_pass

        .data
memory: .word   0x11223344
