/* For tests of the disk: finds it, gives it a request, waits. */
#ifndef ISA_TESTS_DISK_H
#define ISA_TESTS_DISK_H

#include "isa/devices/disk.h"
#include "isa/tests/find_device.h"
#include "isa/tests/write_buffer.h"

/* t8: the disk's kseg1 address; t9: its bit of Cause.IP and Status.IM. Changes t0 and t1. */
.macro find_disk
        find_device DISK_ID
.endm

/* A register of the disk has the constant when the macro is over. Changes k0. */
.macro write_disk offset:req, value:req
        li      $k0, \value
        sw      $k0, \offset($t8)
        wait_for_writes
.endm

/* \label: where in memory, in kseg0. Changes k0. */
.macro start_disk command:req, block:req, count:req, label:req, owner=0
        write_disk DISK_BLOCK, \block
        write_disk DISK_COUNT, \count
        la      $k0, \label - KSEG0_BASE
        sw      $k0, DISK_ADDRESS($t8)
        wait_for_writes
        write_disk DISK_OWNER, \owner
        write_disk DISK_COMMAND, \command
.endm

/* Until no request is under way. Changes k0. */
.macro wait_for_disk
.Lbusy\@:
        lw      $k0, DISK_STATUS($t8)
        nop
        andi    $k0, $k0, DISK_STATUS_BUSY
        bnez    $k0, .Lbusy\@
        nop                             # delay slot
.endm

.macro check_disk offset:req, value:req
        lw      $v0, \offset($t8)
        nop
        check_eq $v0, \value
.endm

/* The word at \label + \offset, as it is in memory. */
.macro check_memory label:req, offset:req, value:req
        la      $v0, \label - KSEG0_BASE + KSEG1_BASE
        lw      $v0, \offset($v0)
        nop
        check_eq $v0, \value
.endm

#endif
