/* conformance 1.2: a store that nothing takes completes, since it is buffered; its error comes later,
 * as an interrupt of the machine's (isa/devices/bus_error.h). */
#include "isa/tests/test.h"
#include "isa/tests/find_device.h"
#include "isa/tests/write_buffer.h"
#include "isa/devices/bus_error.h"

        test_start
        find_device BUS_ERROR_ID
        lui     $a0, ABSENT_KSEG1 >> 16
        sw      $0, 0x10($a0)
        sb      $0, 0x20($a0)
        li      $v0, 1                  # it goes on behind them
        wait_for_writes
        check_eq $v0, 1
        check_eq $s0, 0                 # interrupts are off
        lw      $v0, BUS_ERROR_STATUS($t8)
        lw      $v1, BUS_ERROR_ADDRESS($t8)
        get_c0  $t1, CP0_CAUSE
        and     $t1, $t1, $t9
        check_eq $v0, BUS_ERROR_STATUS_PENDING | BUS_ERROR_STATUS_MORE
        check_eq $v1, (ABSENT_KSEG1 & KSEG_MASK) + 0x10
        check_same $t1, $t9

        la      $s6, taken              # now it may interrupt
        ori     $t2, $t9, STATUS_IEC
        write_c0 $t2, CP0_STATUS
        nop
        nop
        nop
        check_eq $0, 1                  # not reached
taken:  check_bits $s1, CAUSE_EXCCODE_MASK, (EXC_INT << CAUSE_EXCCODE_SHIFT)
        sw      $0, BUS_ERROR_STATUS($t8)
        wait_for_writes
        lw      $v0, BUS_ERROR_STATUS($t8)
        get_c0  $t1, CP0_CAUSE
        and     $t1, $t1, $t9
        check_eq $v0, 0
        check_eq $t1, 0
        test_pass 1
