/* The timer of the device directory, for tests that need a device or an interrupt. */
#ifndef ISA_TESTS_FIND_TIMER_H
#define ISA_TESTS_FIND_TIMER_H

#include "isa/devices/timer.h"
#include "isa/tests/find_device.h"

/* t8: its kseg1 address; t9: its bit of Cause.IP and Status.IM. Changes t0 and t1. */
.macro find_timer
        find_device TIMER_ID
.endm

/* Lets the timer at t8 expire once, with its interrupt line. Changes k0. */
.macro expire_timer
        li      $k0, TIMER_INTERRUPT
        sw      $k0, TIMER_CONTROL($t8)
        sw      $0, TIMER_STATUS($t8)
        li      $k0, 1
        sw      $k0, TIMER_INTERVAL($t8)
.Lwait\@:
        lw      $k0, TIMER_STATUS($t8)
        nop
        beqz    $k0, .Lwait\@
        nop                                     # delay slot
.endm

#endif
