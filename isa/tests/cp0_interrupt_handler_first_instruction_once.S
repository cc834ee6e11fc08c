/* The first instruction of a handler is executed once for each exception: of an interrupt in a line
 * of code, in a delay slot and in user mode, of a trap, and of a miss at the refill vector. */
#include "isa/tests/test.h"

#define SOFTWARE_INTERRUPT (1 << CAUSE_IP_SHIFT)

        test_start first="addiu $t7, $t7, 1"
        li      $t7, 0
        syscall
        check_eq $t7, 1
        lw      $v0, 0($0)              # a miss
        check_eq $t7, 2

        .macro  interrupt_at target
        la      $s6, .Lback\@
        li      $t0, SOFTWARE_INTERRUPT
        write_c0 $t0, CP0_CAUSE
        li      $t0, STATUS_IEP | SOFTWARE_INTERRUPT
        write_c0 $t0, CP0_STATUS
        la      $t0, \target
        jr      $t0
        rfe                             # delay slot
.Lback\@:
        .endm
        interrupt_at line
        check_exception 3, EXC_INT, line
        check_eq $t7, 3
        interrupt_at branch
        check_exception 4, EXC_INT, branch
        check_eq $t7, 4

/* Once more, until the handler of the interrupt lets it go: each time is one. */
        interrupt_at line
        interrupt_at line
        check_exception 6, EXC_INT, line
        check_eq $t7, 6

        map     8, 0x00400000, 0, line - KSEG0_BASE, ENTRYLO_V
        la      $s6, back
        li      $t0, STATUS_KUP | STATUS_IEP | SOFTWARE_INTERRUPT
        write_c0 $t0, CP0_STATUS
        li      $t0, 0x00400000
        jr      $t0
        rfe                             # delay slot
back:   check_eq $s0, 7
        check_eq $s2, 0x00400000
        check_eq $t7, 7
        write_c0 $0, CP0_CAUSE
        test_pass 7

        .balign 4096
line:   nop
branch: b       line
        nop                             # delay slot
