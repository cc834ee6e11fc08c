/* isa/devices/timer.h: the line is up while INTERRUPT is set and STATUS is not 0: it follows both.
 * CONTROL reads back its two bits, and a frequency that is not 0 is told. */
#include "isa/tests/test.h"
#include "isa/tests/find_timer.h"

        .macro  check_line expected
        get_c0  $v0, CP0_CAUSE
        and     $v0, $v0, $t9
        check_same $v0, \expected
        .endm
        .macro  set_control value
        li      $t0, \value
        sw      $t0, TIMER_CONTROL($t8)
        lw      $v0, TIMER_CONTROL($t8)
        nop
        check_eq $v0, (\value) & (TIMER_PERIODIC | TIMER_INTERRUPT)
        .endm

        test_start
        find_timer
        lw      $v0, TIMER_FREQUENCY($t8)
        nop
        sltu    $v0, $0, $v0
        check_eq $v0, 1
        expire_timer
        check_line $t9
        set_control 0
        check_line $0
        lw      $v0, TIMER_STATUS($t8)
        nop
        check_eq $v0, 1                 # still pending
        set_control -1
        check_line $t9
        set_control TIMER_PERIODIC
        check_line $0
        set_control TIMER_INTERRUPT
        check_line $t9
        sw      $0, TIMER_STATUS($t8)
        lw      $v0, TIMER_STATUS($t8)
        nop
        check_eq $v0, 0
        check_line $0
        test_pass
