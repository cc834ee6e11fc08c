/* conformance 1.4: jalr with rd = rs jumps to the register's old value and leaves the link in it.
 * It cannot be restarted: after an exception in its slot it jumps to the link. */
#include "isa/tests/test.h"

        test_start
        la      $t0, target
        .word   0x01004009              # jalr $t0, $t0, which the assembler refuses
        move    $v0, $t0                # delay slot
1:      li      $t0, 0
target: check_address $v0, 1b
        check_address $t0, 1b

        la      $t0, never
        la      $s6, faulted
        la      $a0, memory + 1
branch: .word   0x01004009              # jalr $t0, $t0
        lw      $v0, 0($a0)             # delay slot: misaligned the first time
2:      b       done                    # where the restarted jalr goes
        nop                             # delay slot
never:  li      $v0, 1
        check_eq $v0, 0
faulted:
        check_slot_exception 1, EXC_ADEL, branch
        check_address $t0, 2b
        addiu   $a0, $a0, -1
        restart
done:   check_eq $v0, 0x11223344
        check_address $t0, 2b
        test_pass 1

        .data
memory: .word   0x11223344
