/* isa/devices/disk.h: what is written to the disk can be read from it; an interrupt tells when; MOVED
 * and STATUS say what has been done; the data go past the caches. */
#include "isa/tests/test.h"
#include "isa/tests/disk.h"
#include "isa/tests/cache.h"

        test_start
        find_disk
        check_disk DISK_STATUS, 0
        lw      $t2, DISK_CYLINDERS($t8)
        lw      $t3, DISK_HEADS($t8)
        lw      $t4, DISK_SECTORS($t8)
        multu   $t2, $t3
        mflo    $t2
        nop
        nop
        multu   $t2, $t4
        mflo    $t2
        lw      $v0, DISK_BLOCKS($t8)
        nop
        check_same $v0, $t2

        write_disk DISK_CONTROL, DISK_CONTROL_INTERRUPT
        start_disk DISK_COMMAND_WRITE, 1000, 2, from
        check_disk DISK_STATUS, DISK_STATUS_BUSY
        get_c0  $v0, CP0_CAUSE
        and     $v0, $v0, $t9
        check_eq $v0, 0
        wait_for_disk
        check_disk DISK_STATUS, DISK_STATUS_DONE
        check_disk DISK_MOVED, 2
        get_c0  $v0, CP0_CAUSE
        and     $v0, $v0, $t9
        check_same $v0, $t9
        write_disk DISK_STATUS, DISK_STATUS_DONE
        check_disk DISK_STATUS, 0
        get_c0  $v0, CP0_CAUSE
        and     $v0, $v0, $t9
        check_eq $v0, 0

/* Block 999 is empty; the cache keeps the word that it has. */
        la      $t5, to
        lw      $v0, 512($t5)
        nop
        check_eq $v0, 0x77777777
        start_disk DISK_COMMAND_READ, 999, 3, to
        la      $s6, taken              # the interrupt
        ori     $t4, $t9, STATUS_IEP
        write_c0 $t4, CP0_STATUS
        la      $t1, loop
        jr      $t1
        rfe                             # delay slot
loop:   b       loop
        nop                             # delay slot
taken:  write_c0 $0, CP0_STATUS
        check_eq $s0, 1
        and     $v0, $s1, $t9
        check_same $v0, $t9
        check_disk DISK_STATUS, DISK_STATUS_DONE
        check_disk DISK_MOVED, 3
        check_memory to, 0, 0
        check_memory to, 508, 0
        check_memory to, 512, 0x11111111
        check_memory to, 1020, 0x11111111
        check_memory to, 1024, 0x22222222
        check_memory to, 1532, 0x22222222
        check_memory to, 1536, 0x77777777
        lw      $v0, 512($t5)
        nop
        check_eq $v0, 0x77777777
        test_pass 1

        .data
        .balign DISK_BLOCK_SIZE
from:   .fill   128, 4, 0x11111111
        .fill   128, 4, 0x22222222
to:     .fill   512, 4, 0x77777777
