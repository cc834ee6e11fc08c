/* conformance 1.4: an exception in a delay slot leaves EPC at the branch and sets Cause.BD, for
 * syscall and break too; the branch can be executed again. */
#include "isa/tests/test.h"

        test_start
        li      $v0, 0
taken:  b       1f
        syscall                         # delay slot: the handler returns to after it
        li      $v0, 1
1:
        check_exception 1, EXC_SYS, taken
        check_bits $s1, CAUSE_BD, CAUSE_BD
        check_eq $v0, 1

jump:   jal     1f
        break                           # delay slot
1:
        check_exception 2, EXC_BP, jump
        check_bits $s1, CAUSE_BD, CAUSE_BD

/* Restart at the branch: the slot faults once, the handler repairs its address. */
        la      $s6, repair
        li      $a0, 2
        la      $a1, memory
branch: bnez    $a1, restarted
        lw      $v0, 0($a0)             # delay slot: misaligned the first time
        li      $v0, 3
repair: li      $s6, 0
        move    $a0, $a1
        jr      $s2
        nop                             # delay slot
restarted:
        nop
        check_exception 3, EXC_ADEL, branch
        check_eq $v0, 0x11223344

        syscall
        check_bits $s1, CAUSE_BD, 0
        test_pass 4

        .data
memory: .word   0x11223344
