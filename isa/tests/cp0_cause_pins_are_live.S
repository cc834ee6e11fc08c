/* conformance 1.6: IP7..2 mirror the interrupt pins: they rise and fall with the device, also
 * while interrupts are off, and no exception clears them. Uses the timer that the device directory
 * names. */
#include "isa/tests/test.h"
#include "isa/tests/find_timer.h"

        test_start
        find_timer
        li      $t0, TIMER_INTERRUPT
        sw      $t0, TIMER_CONTROL($t8)
        sw      $0, TIMER_STATUS($t8)
        get_c0  $v0, CP0_CAUSE
        and     $v0, $v0, $t9
        check_eq $v0, 0
        expire_timer
        get_c0  $v0, CP0_CAUSE
        and     $v0, $v0, $t9
        check_same $v0, $t9
        syscall
        and     $v0, $s1, $t9
        check_same $v0, $t9
        write_c0 $0, CP0_CAUSE          # software cannot clear it
        get_c0  $v0, CP0_CAUSE
        and     $v0, $v0, $t9
        check_same $v0, $t9
        sw      $0, TIMER_STATUS($t8)
        get_c0  $v0, CP0_CAUSE
        and     $v0, $v0, $t9
        check_eq $v0, 0
        test_pass 1
