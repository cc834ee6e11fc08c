/* Software that keeps interrupts off sees the pin in Cause: it polls until the device raises its
 * line, acknowledges, sees the line gone at once, and so again. Once interrupts are on there is
 * nothing left to take. */
#include "isa/tests/test.h"
#include "isa/tests/find_timer.h"

        test_start
        find_timer
        li      $t0, TIMER_INTERRUPT
        sw      $t0, TIMER_CONTROL($t8)
        li      $t1, 3
        sw      $0, TIMER_STATUS($t8)
again:  li      $t0, 2
        sw      $t0, TIMER_INTERVAL($t8)
1:      get_c0  $v0, CP0_CAUSE
        and     $v0, $v0, $t9
        beqz    $v0, 1b                 # the device itself is not asked
        nop                             # delay slot
        sw      $0, TIMER_STATUS($t8)
        get_c0  $v0, CP0_CAUSE
        and     $v0, $v0, $t9
        check_eq $v0, 0
        addiu   $t1, $t1, -1
        bnez    $t1, again
        nop                             # delay slot

        ori     $t0, $t9, STATUS_IEC
        write_c0 $t0, CP0_STATUS
        .rept   8
        nop
        .endr
        write_c0 $0, CP0_STATUS
        test_pass
