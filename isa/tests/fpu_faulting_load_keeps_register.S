/* conformance 1.2 and 1.3: lwc1 and swc1 fault as lw and sw do, and a load that faults leaves its
 * register alone. */
#include "isa/tests/fpu.h"

        fpu_start
        set_single $f0, 0x3f800000
        li      $a0, 0x80000102
one:    lwc1    $f0, 0($a0)
        check_exception 1, EXC_ADEL, one
        check_eq $s3, 0x80000102
two:    swc1    $f0, 0($a0)
        check_exception 2, EXC_ADES, two
        li      $a0, ABSENT_KSEG1
three:  lwc1    $f0, 0($a0)
        check_exception 3, EXC_DBE, three
        li      $a0, 0x00400000
four:   lwc1    $f0, 0($a0)
        check_exception 4, EXC_TLBL, four
        check_eq $s5, VECTOR_UTLB & 0xffff
        check_single $f0, 0x3f800000
        test_pass 4
