/* conformance 1.6: exceptions preserve the pending interrupts in Cause. */
#include "isa/tests/test.h"

        test_start
        li      $t0, CAUSE_SW_MASK
        write_c0 $t0, CP0_CAUSE
        nop
        syscall
        check_bits $s1, CAUSE_SW_MASK, CAUSE_SW_MASK
        get_c0  $v0, CP0_CAUSE
        check_bits $v0, CAUSE_SW_MASK, CAUSE_SW_MASK
        write_c0 $0, CP0_CAUSE
        nop
        break
        check_bits $s1, CAUSE_SW_MASK, 0
        test_pass 2
