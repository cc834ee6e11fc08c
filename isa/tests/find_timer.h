/* The timer of the device directory, for tests that need a device or an interrupt. */
#ifndef ISA_TESTS_FIND_TIMER_H
#define ISA_TESTS_FIND_TIMER_H

#include "isa/devices/timer.h"
#include "isa/machine/device_directory.h"

/* t8: its kseg1 address; t9: its bit of Cause.IP and Status.IM. Changes t0 and t1. A machine
 * without a timer fails the check. */
.macro find_timer
        li      $t0, (PROM_DIRECTORY & KSEG_MASK) | KSEG1_BASE
        lw      $t1, DIRECTORY_HEADER_COUNT($t0)
        addiu   $t0, $t0, DIRECTORY_HEADER_SIZE
.Lnext\@:
        sltu    $t8, $0, $t1
        check_eq $t8, 1
        lw      $t8, DIRECTORY_ENTRY_ID($t0)
        li      $t9, TIMER_ID
        bne     $t8, $t9, .Lother\@
        lw      $t9, DIRECTORY_ENTRY_INTERRUPT($t0) # delay slot
        lw      $t8, DIRECTORY_ENTRY_ADDRESS($t0)
        lui     $t1, KSEG1_BASE >> 16
        or      $t8, $t8, $t1
        li      $t1, 1 << CAUSE_IP_SHIFT
        b       .Lfound\@
        sllv    $t9, $t1, $t9                   # delay slot
.Lother\@:
        addiu   $t1, $t1, -1
        b       .Lnext\@
        addiu   $t0, $t0, DIRECTORY_ENTRY_SIZE  # delay slot
.Lfound\@:
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
