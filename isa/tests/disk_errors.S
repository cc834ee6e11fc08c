/* isa/devices/disk.h: a request that is wrong does nothing and has its cause; a command meanwhile is
 * lost. */
#include "isa/tests/test.h"
#include "isa/tests/disk.h"

/* The request that the registers have. */
.macro check_refused command:req, cause:req
        write_disk DISK_COMMAND, \command
        check_disk DISK_STATUS, DISK_STATUS_ERROR
        check_disk DISK_ERROR, \cause
        write_disk DISK_STATUS, DISK_STATUS_ERROR
        check_disk DISK_STATUS, 0
        check_disk DISK_ERROR, 0
.endm

        test_start
        find_disk
        write_disk DISK_COUNT, 1
        check_refused 0, DISK_CAUSE_COMMAND
        check_refused 3, DISK_CAUSE_COMMAND
        write_disk DISK_COUNT, 0
        check_refused DISK_COMMAND_READ, DISK_CAUSE_COUNT
        write_disk DISK_COUNT, DISK_MAX_COUNT + 1
        check_refused DISK_COMMAND_READ, DISK_CAUSE_COUNT
        write_disk DISK_COUNT, 2
        lw      $t2, DISK_BLOCKS($t8)
        nop
        addiu   $t2, $t2, -1
        sw      $t2, DISK_BLOCK($t8)
        wait_for_writes
        check_refused DISK_COMMAND_WRITE, DISK_CAUSE_BLOCK
        write_disk DISK_BLOCK, 0
        write_disk DISK_ADDRESS, 0x100
        check_refused DISK_COMMAND_READ, DISK_CAUSE_ALIGNMENT
        write_disk DISK_ADDRESS, 0x1f000000
        check_refused DISK_COMMAND_READ, DISK_CAUSE_MEMORY

        start_disk DISK_COMMAND_READ, 0, 1, to
        write_disk DISK_COMMAND, DISK_COMMAND_READ
        check_disk DISK_STATUS, DISK_STATUS_BUSY | DISK_STATUS_REFUSED
        write_disk DISK_STATUS, DISK_STATUS_REFUSED
        wait_for_disk
        check_disk DISK_STATUS, DISK_STATUS_DONE
        check_memory to, 0, 0
        check_memory to, 512, 0x77777777
        test_pass

        .data
        .balign DISK_BLOCK_SIZE
to:     .fill   256, 4, 0x77777777
