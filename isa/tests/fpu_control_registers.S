/* conformance 1.1: FCR0 says which coprocessor this is, FCR31 controls it; no others exist. */
#include "isa/tests/fpu.h"

        fpu_start
        li      $t0, -1
        ctc1    $t0, $0
        cfc1    $v0, $0
        nop
        check_eq $v0, FPU_R3010
/* Only these bits are there. All causes are set here, and the interrupt is masked. */
        ctc1    $t0, $31
        check_fcsr FCSR_MASK
        set_fcsr 0
        check_fcsr 0
        ctc1    $t0, $30
        cfc1    $v0, $30
        nop
        check_eq $v0, 0
        check_fcsr 0
        test_pass
