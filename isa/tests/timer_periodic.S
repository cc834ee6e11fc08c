/* isa/devices/timer.h: PERIODIC starts anew at each expiry, at equal distances of COUNT; STATUS
 * counts the expiries until it is written. Without PERIODIC there is one; INTERVAL = 0 stops. */
#include "isa/tests/test.h"
#include "isa/tests/find_timer.h"

/* Waits until STATUS is at least \count; v0: COUNT before that was seen. */
        .macro  wait_for count
.Lwait\@:
        lw      $v0, TIMER_COUNT($t8)
        lw      $v1, TIMER_STATUS($t8)
        nop
        sltiu   $v1, $v1, \count
        bnez    $v1, .Lwait\@
        nop                             # delay slot
        .endm

        test_start
        find_timer
        sw      $0, TIMER_INTERVAL($t8)
        sw      $0, TIMER_STATUS($t8)
        li      $t0, TIMER_PERIODIC
        sw      $t0, TIMER_CONTROL($t8)
        lw      $t2, TIMER_COUNT($t8)
        li      $t0, 50
        sw      $t0, TIMER_INTERVAL($t8)
        wait_for 3
        subu    $t3, $v0, $t2           # 150 ticks and the loop's few
        addiu   $t3, $t3, -148
        sltiu   $t3, $t3, 12
        check_eq $t3, 1
        sw      $0, TIMER_STATUS($t8)
        lw      $v0, TIMER_STATUS($t8)
        nop
        check_eq $v0, 0
        wait_for 2
        subu    $t3, $v0, $t2           # 250
        addiu   $t3, $t3, -248
        sltiu   $t3, $t3, 12
        check_eq $t3, 1

/* Stopped: nothing more expires. */
        sw      $0, TIMER_INTERVAL($t8)
        sw      $0, TIMER_STATUS($t8)
        .macro  wait_ticks ticks
        lw      $t2, TIMER_COUNT($t8)
        nop
.Lticks\@:
        lw      $v0, TIMER_COUNT($t8)
        nop
        subu    $v0, $v0, $t2
        sltiu   $v0, $v0, \ticks
        bnez    $v0, .Lticks\@
        nop                             # delay slot
        .endm
        wait_ticks 120
        lw      $v0, TIMER_STATUS($t8)
        nop
        check_eq $v0, 0

/* Once */
        sw      $0, TIMER_CONTROL($t8)
        li      $t0, 50
        sw      $t0, TIMER_INTERVAL($t8)
        wait_ticks 170
        lw      $v0, TIMER_STATUS($t8)
        nop
        check_eq $v0, 1
        test_pass
