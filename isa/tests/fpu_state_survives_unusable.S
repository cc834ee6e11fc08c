/* Taking CU1 away keeps registers and a pending interrupt: a kernel saves the state lazily. */
#include "isa/tests/fpu.h"

        fpu_start
        set_single $f0, 0x3f800000
        set_fcsr CAUSE_Z | ENABLE_Z
        write_c0 $0, CP0_STATUS
        nop
        nop
        get_c0  $v0, CP0_CAUSE
        check_bits $v0, CAUSE_IP_MASK, FPU_INTERRUPT
        li      $t8, STATUS_CU1
        write_c0 $t8, CP0_STATUS
        nop
        nop
        check_single $f0, 0x3f800000
        check_fcsr CAUSE_Z | ENABLE_Z
        test_pass
