/* hardware.md 1.6: IP7..2 mirror the interrupt pins: they rise and fall with the device, also
 * while interrupts are off, and no exception clears them. Uses the timer that the device directory
 * names. */
#include "isa/tests/test.h"
#include "isa/devices/timer.h"
#include "isa/machine/device_directory.h"

        test_start
        li      $t0, (PROM_DIRECTORY & KSEG_MASK) | KSEG1_BASE
        lw      $t1, DIRECTORY_HEADER_COUNT($t0)
        addiu   $t0, $t0, DIRECTORY_HEADER_SIZE
find:   beqz    $t1, done               # no timer: nothing to test
        lw      $t2, DIRECTORY_ENTRY_ID($t0) # delay slot
        li      $t3, TIMER_ID
        beq     $t2, $t3, found
        addiu   $t1, $t1, -1            # delay slot
        b       find
        addiu   $t0, $t0, DIRECTORY_ENTRY_SIZE # delay slot
found:  lw      $t4, DIRECTORY_ENTRY_ADDRESS($t0)
        lw      $t5, DIRECTORY_ENTRY_INTERRUPT($t0)
        li      $t6, KSEG1_BASE
        or      $t4, $t4, $t6
        li      $t7, 1 << CAUSE_IP_SHIFT
        sllv    $t7, $t7, $t5           # its bit in Cause

        li      $t0, TIMER_INTERRUPT
        sw      $t0, TIMER_CONTROL($t4)
        sw      $0, TIMER_STATUS($t4)
        get_c0  $v0, CP0_CAUSE
        and     $v0, $v0, $t7
        check_eq $v0, 0
        li      $t0, 1
        sw      $t0, TIMER_INTERVAL($t4)
wait:   lw      $t0, TIMER_STATUS($t4)
        nop
        beqz    $t0, wait
        nop                             # delay slot
        get_c0  $v0, CP0_CAUSE
        and     $v0, $v0, $t7
        check_same $v0, $t7
        syscall
        and     $v0, $s1, $t7
        check_same $v0, $t7
        write_c0 $0, CP0_CAUSE          # software cannot clear it
        get_c0  $v0, CP0_CAUSE
        and     $v0, $v0, $t7
        check_same $v0, $t7
        sw      $0, TIMER_STATUS($t4)
        get_c0  $v0, CP0_CAUSE
        and     $v0, $v0, $t7
        check_eq $v0, 0
        addiu   $s0, $s0, -1
done:
        test_pass
