/* conformance 1.6: a device and software interrupt together: one exception that shows both bits of
 * IP. What is left over is taken after the return. */
#include "isa/tests/test.h"
#include "isa/tests/find_timer.h"

        test_start
        find_timer
        li      $t3, 0x200              # software interrupt 1
        write_c0 $t3, CP0_CAUSE
        expire_timer
        la      $s6, both
        or      $t4, $t9, $t3
        ori     $t4, $t4, STATUS_IEP
        write_c0 $t4, CP0_STATUS
        la      $t1, target
        jr      $t1
        rfe                             # delay slot
target: li      $v0, 1
        .rept   6
        nop
        .endr
        write_c0 $0, CP0_STATUS
        nop
        test_pass 2

both:   check_exception 1, EXC_INT, target
        or      $t4, $t9, $t3
        and     $v1, $s1, $t4
        check_same $v1, $t4
        sw      $0, TIMER_STATUS($t8)
        lw      $v1, TIMER_STATUS($t8)  # the store has arrived
        la      $s6, software
        restart
software:
        check_exception 2, EXC_INT, target
        and     $v1, $s1, $t4
        check_same $v1, $t3
        write_c0 $0, CP0_CAUSE
        nop
        restart
