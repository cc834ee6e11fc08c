/* conformance 2.3 "the write buffer merges stores to a device, and reads pass them", as the R2020
 * does for device space (MMIO18): drivers have to wait for their writes.
 * options: --set write_buffer.gather=true
 */
#include "isa/tests/test.h"
#include "isa/tests/find_device.h"
#include "isa/tests/write_buffer.h"
#include "isa/devices/bus_error.h"
#include "isa/devices/timer.h"

        test_start
        find_device TIMER_ID
        la      $a0, words
        la      $a1, words + 0x1000
        li      $t1, TIMER_PERIODIC
        li      $t2, 2                  # in the second turn the code is in the cache
turn:   sw      $0, TIMER_CONTROL($t8)
        wait_for_writes
        lw      $v0, TIMER_CONTROL($t8)
        sw      $t1, TIMER_CONTROL($t8)
        lw      $v1, TIMER_CONTROL($t8) # overtakes the store
        wait_for_writes
        lw      $t3, TIMER_CONTROL($t8)
        addiu   $t2, $t2, -1
        bnez    $t2, turn
        nop                             # delay slot
        check_eq $v0, 0
        check_eq $v1, 0
        check_eq $t3, TIMER_PERIODIC

        /* Two stores to one word that fails: merged, they fail once. */
        find_device BUS_ERROR_ID
        lui     $a2, ABSENT_KSEG1 >> 16
        li      $t2, 2
again:  sw      $0, BUS_ERROR_STATUS($t8)
        wait_for_writes
        sw      $0, 0($a0)              # keep the bus busy
        sw      $0, 0($a1)
        sh      $0, 2($a2)
        sh      $0, 0($a2)
        wait_for_writes
        lw      $v0, BUS_ERROR_STATUS($t8)
        sw      $0, BUS_ERROR_STATUS($t8)
        wait_for_writes
        sh      $0, 2($a2)
        wait_for_writes                 # so they do not meet
        sh      $0, 0($a2)
        wait_for_writes
        lw      $v1, BUS_ERROR_STATUS($t8)
        addiu   $t2, $t2, -1
        bnez    $t2, again
        nop                             # delay slot
        check_eq $v0, BUS_ERROR_STATUS_PENDING
        check_eq $v1, BUS_ERROR_STATUS_PENDING | BUS_ERROR_STATUS_MORE
        test_pass

        .data
        .balign 0x1000
words:  .fill   0x402, 4, 0
