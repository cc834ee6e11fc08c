/* conformance 1.3, rule 1: a load in the delay slot of a branch has its own slot at the target: the
 * first instruction there reads the old value, the second the new one. A branch in a load's slot
 * decides by the old value, its slot reads the new one. */
#include "isa/tests/test.h"

        test_start
        la      $a0, memory
        .macro  seen_behind branch:vararg
        li      $v0, 4
        \branch
        lw      $v0, 0($a0)             # delay slot
        li      $v0, 5                  # not executed
1:      move    $v1, $v0
        move    $a1, $v0
        check_eq $v1, 4
        check_eq $a1, 0x11223344
        .endm
        seen_behind b 1f
        seen_behind j 1f
        seen_behind jal 1f
        seen_behind bgezal $0, 1f

/* Not taken */
        li      $v0, 4
        bnez    $0, wrong
        lw      $v0, 0($a0)             # delay slot
        move    $v1, $v0
        move    $a1, $v0
        check_eq $v1, 4
        check_eq $a1, 0x11223344

        li      $v0, 0
        lw      $v0, 0($a0)
        bnez    $v0, wrong              # still 0
        move    $v1, $v0                # delay slot
        check_eq $v1, 0x11223344
        li      $v0, 0
        lw      $v0, 0($a0)
        beqz    $v0, 1f                 # still 0
        move    $v1, $v0                # delay slot
        b       wrong
        nop                             # delay slot
1:      check_eq $v1, 0x11223344
        li      $v0, -1
        lw      $v0, 0($a0)
        bgez    $v0, wrong              # still -1
        nop                             # delay slot
        b       done
        nop                             # delay slot
wrong:  li      $v0, 1
        check_eq $v0, 0
done:
        test_pass

        .data
memory: .word   0x11223344
