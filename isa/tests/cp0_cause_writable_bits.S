/* conformance 1.6, Cause: only the two software interrupts can be written. */
#include "isa/tests/test.h"

#define HARDWARE_IP (CAUSE_IP_MASK & ~CAUSE_SW_MASK) /* follows the pins */

        test_start
        break                           # ExcCode 9
        li      $t0, ~(EXC_BP << CAUSE_EXCCODE_SHIFT)
        write_c0 $t0, CP0_CAUSE
        get_c0  $v0, CP0_CAUSE
        check_bits $v0, ~HARDWARE_IP, CAUSE_SW_MASK | (EXC_BP << CAUSE_EXCCODE_SHIFT)
        write_c0 $0, CP0_CAUSE
        get_c0  $v0, CP0_CAUSE
        check_bits $v0, ~HARDWARE_IP, EXC_BP << CAUSE_EXCCODE_SHIFT
        test_pass 1
