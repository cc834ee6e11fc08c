/* Devices by their identity, in the device directory. */
#ifndef ISA_TESTS_FIND_DEVICE_H
#define ISA_TESTS_FIND_DEVICE_H

#include "isa/machine/device_directory.h"

/* t8: the device's kseg1 address; t9: its bit of Cause.IP and Status.IM. Changes t0 and t1. A
 * machine without it fails the check. */
.macro find_device id:req
        li      $t0, (PROM_DIRECTORY & KSEG_MASK) | KSEG1_BASE
        lw      $t1, DIRECTORY_HEADER_COUNT($t0)
        addiu   $t0, $t0, DIRECTORY_HEADER_SIZE
.Lnext\@:
        sltu    $t8, $0, $t1
        check_eq $t8, 1
        lw      $t8, DIRECTORY_ENTRY_ID($t0)
        li      $t9, \id
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

#endif
