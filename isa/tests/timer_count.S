/* isa/devices/timer.h: COUNT runs freely and does not go back; COUNT_HIGH is the high word at the
 * last read of COUNT, 0 in the first 2^32 ticks. Neither can be written. */
#include "isa/tests/test.h"
#include "isa/tests/find_timer.h"

        test_start
        find_timer
        li      $t2, 100                # readings
        lw      $t3, TIMER_COUNT($t8)
        nop
        move    $t4, $t3
1:      lw      $v0, TIMER_COUNT($t8)
        lw      $v1, TIMER_COUNT_HIGH($t8)
        sltu    $t0, $v0, $t3
        check_eq $t0, 0
        check_eq $v1, 0
        move    $t3, $v0
        addiu   $t2, $t2, -1
        bnez    $t2, 1b
        nop                             # delay slot
        sltu    $v0, $t4, $t3
        check_eq $v0, 1                 # it has moved

        li      $t0, -1
        sw      $t0, TIMER_COUNT($t8)
        sw      $t0, TIMER_COUNT_HIGH($t8)
        lw      $v0, TIMER_COUNT($t8)
        lw      $v1, TIMER_COUNT_HIGH($t8)
        sltu    $t0, $v0, $t3
        check_eq $t0, 0
        subu    $v0, $v0, $t3
        sltiu   $v0, $v0, 100
        check_eq $v0, 1
        check_eq $v1, 0
        test_pass
