/* conformance 1.6, Cause.CE: the number of the coprocessor that was unusable. */
#include "isa/tests/test.h"

        test_start
one:    lwc1    $f0, 0($0)
        check_exception 1, EXC_CPU, one
        check_bits $s1, CAUSE_CE_MASK, 1 << CAUSE_CE_SHIFT
two:    mfc2    $v0, $0
        check_exception 2, EXC_CPU, two
        check_bits $s1, CAUSE_CE_MASK, 2 << CAUSE_CE_SHIFT
three:  .word   0x4e000000              # cop3 operation 0
        check_exception 3, EXC_CPU, three
        check_bits $s1, CAUSE_CE_MASK, 3 << CAUSE_CE_SHIFT
        test_pass 3
