/* conformance 1.3, rule 2: if the instruction in the delay slot writes the register of the load,
 * its result wins and the loaded value is lost. */
#include "isa/tests/test.h"

        test_start
        la      $a0, memory
        lw      $v0, 0($a0)
        li      $v0, 7                  # load delay: wins
        nop
        check_eq $v0, 7

        li      $t0, 55
        mtlo    $t0
        lw      $v0, 0($a0)
        mflo    $v0
        nop
        check_eq $v0, 55

        read_c0 $v0, CP0_PRID
        li      $v0, 9
        nop
        check_eq $v0, 9
        test_pass

        .data
memory: .word   0x11223344
