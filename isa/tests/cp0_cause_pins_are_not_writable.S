/* conformance 1.6: mtc0 to Cause cannot set IP7..2, so it cannot make a hardware interrupt. */
#include "isa/tests/test.h"

#define HARDWARE_IP (CAUSE_IP_MASK & ~CAUSE_SW_MASK)

        test_start
        get_c0  $v0, CP0_CAUSE
        check_bits $v0, HARDWARE_IP, 0  # no device has its line up
        li      $t0, HARDWARE_IP
        write_c0 $t0, CP0_CAUSE
        get_c0  $v0, CP0_CAUSE
        check_bits $v0, CAUSE_IP_MASK, 0
        li      $t0, STATUS_IEC | HARDWARE_IP
        write_c0 $t0, CP0_STATUS
        .rept   6
        nop
        .endr
        write_c0 $0, CP0_STATUS
        nop
        test_pass
