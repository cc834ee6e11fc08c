/* conformance 1.2 and 1.4: jr and jalr to a misaligned address run their delay slot; the fetch at
 * the target faults: EPC = BadVAddr = the target, BD clear. */
#include "isa/tests/test.h"

        test_start
        la      $s6, back
        la      $t0, target + 2
        li      $v0, 0
        jr      $t0
        li      $v0, 1                  # delay slot
target: li      $v0, 2
back:   li      $s6, 0
        check_eq $v0, 1
        check_bits $s1, CAUSE_BD | CAUSE_EXCCODE_MASK, EXC_ADEL << CAUSE_EXCCODE_SHIFT
        check_same $s2, $t0
        check_same $s3, $t0

        la      $s6, back_again
        la      $t0, target + 1
        jalr    $t0
        li      $v0, 3                  # delay slot
1:      li      $v0, 4
back_again:
        check_eq $v0, 3
        check_address $ra, 1b
        check_same $s2, $t0
        test_pass 2
