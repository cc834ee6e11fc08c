/* conformance 1.3, rule 1: every kind of instruction reads the old value in a load's slot: shifts,
 * multiplication, HI and LO, mtc0, traps on overflow, stores of parts. */
#include "isa/tests/test.h"

        test_start
        la      $a0, memory             # holds 0x7fffffff
        .macro  reads_old insn:vararg
        li      $v0, 6
        lw      $v0, 0($a0)
        \insn
        .endm
        reads_old sll $v1, $v0, 4
        check_eq $v1, 0x60
        li      $a1, 1
        reads_old sllv $v1, $a1, $v0
        check_eq $v1, 0x40
        reads_old add $v1, $v0, $a1     # the new value would overflow
        check_eq $v1, 7
        reads_old addi $v1, $v0, 1
        check_eq $v1, 7
        reads_old mult $v0, $v0
        mflo    $v1
        check_eq $v1, 36
        reads_old div $0, $v0, $a1
        mflo    $v1
        check_eq $v1, 6
        reads_old mthi $v0
        mfhi    $v1
        check_eq $v1, 6
        reads_old mtlo $v0
        mflo    $v1
        check_eq $v1, 6
        li      $v0, 0x00123000
        lw      $v0, 0($a0)
        mtc0    $v0, $CP0_ENTRYLO
        get_c0  $v1, CP0_ENTRYLO
        check_eq $v1, 0x00123000
        reads_old sb $v0, 4($a0)
        reads_old sh $v0, 6($a0)
        reads_old swl $v0, 11($a0)
        reads_old swr $v0, 12($a0)
        lw      $v1, 4($a0)
        lw      $a1, 8($a0)
        lw      $a2, 12($a0)
        nop
        check_eq $v1, 0x00060006
        check_eq $a1, 6
        check_eq $a2, 6
        test_pass

        .data
memory: .word   0x7fffffff, 0, 0, 0
