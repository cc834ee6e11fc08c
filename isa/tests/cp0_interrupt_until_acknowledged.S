/* conformance 1.6: the pins are level-sensitive: an interrupt that is not acknowledged is taken
 * again before the next instruction; one that is acknowledged is gone. */
#include "isa/tests/test.h"
#include "isa/tests/find_timer.h"

        test_start
        find_timer
        expire_timer
        la      $s6, taken
        li      $v0, 0
        ori     $t4, $t9, STATUS_IEP
        write_c0 $t4, CP0_STATUS
        la      $t1, target
        jr      $t1
        rfe                             # delay slot
target: addiu   $v0, $v0, 1
        .rept   6
        nop
        .endr
        write_c0 $0, CP0_STATUS
        nop
        check_eq $v0, 1
        check_eq $s0, 3
        test_pass 3

/* Acknowledges at the third interrupt. */
taken:  check_eq $v0, 0
        check_bits $s1, CAUSE_EXCCODE_MASK | CAUSE_BD, EXC_INT << CAUSE_EXCCODE_SHIFT
        check_address $s2, target
        sltiu   $t0, $s0, 3
        bnez    $t0, again
        nop                             # delay slot
        sw      $0, TIMER_STATUS($t8)
        lw      $t0, TIMER_STATUS($t8)  # the store has arrived
        nop
again:  restart
