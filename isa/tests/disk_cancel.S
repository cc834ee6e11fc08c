/* isa/devices/disk.h: CANCEL ends the request of its owner, of nobody else; when BUSY is 0, the disk
 * touches memory no more. */
#include "isa/tests/test.h"
#include "isa/tests/disk.h"

        test_start
        find_disk

/* Not its owner: it is carried out. */
        start_disk DISK_COMMAND_WRITE, 0, 1, from, 5
        write_disk DISK_CANCEL, 6
        wait_for_disk
        check_disk DISK_STATUS, DISK_STATUS_DONE
        write_disk DISK_STATUS, DISK_STATUS_DONE

/* At once: nothing is moved. */
        start_disk DISK_COMMAND_READ, 0, 8, to, 5
        write_disk DISK_CANCEL, 5
        check_disk DISK_STATUS, DISK_STATUS_CANCELLED
        check_disk DISK_MOVED, 0
        check_memory to, 0, 0x77777777
        write_disk DISK_STATUS, DISK_STATUS_CANCELLED

/* When a block has come: no further word comes once BUSY is 0. */
        start_disk DISK_COMMAND_READ, 0, 8, to, 5
moved:  lw      $v0, DISK_MOVED($t8)
        nop
        beqz    $v0, moved
        nop                             # delay slot
        write_disk DISK_CANCEL, 5
        wait_for_disk
        check_disk DISK_STATUS, DISK_STATUS_CANCELLED
        check_memory to, 0, 0x11111111
        la      $t0, to - KSEG0_BASE + KSEG1_BASE
        li      $t1, 8 * 128
        li      $t2, 0x55555555
clear:  sw      $t2, 0($t0)
        addiu   $t1, $t1, -1
        bnez    $t1, clear
        addiu   $t0, $t0, 4             # delay slot
        li      $t1, 50000              # some more blocks would pass
wait:   bnez    $t1, wait
        addiu   $t1, $t1, -1            # delay slot
        la      $t0, to - KSEG0_BASE + KSEG1_BASE
        li      $t1, 8 * 128
look:   lw      $v0, 0($t0)
        addiu   $t1, $t1, -1
        bne     $v0, $t2, different
        addiu   $t0, $t0, 4             # delay slot
        bnez    $t1, look
        nop                             # delay slot
different:
        check_same $v0, $t2
        check_disk DISK_STATUS, DISK_STATUS_CANCELLED
        test_pass

        .data
        .balign DISK_BLOCK_SIZE
from:   .fill   128, 4, 0x11111111
to:     .fill   1024, 4, 0x77777777
