/* conformance 1.2: a load from an absent address raises DBE, a fetch IBE; the load's register
 * keeps its value. */
#include "isa/tests/test.h"

        test_start
        li      $a0, ABSENT_KSEG1
        li      $v0, 42
load:   lw      $v0, 0($a0)
        nop
        check_exception 1, EXC_DBE, load
        check_eq $v0, 42
byte:   lb      $v0, 3($a0)
        nop
        check_exception 2, EXC_DBE, byte
        la      $s6, 1f
        jr      $a0
        li      $v0, 43                 # delay slot
1:      check_eq $s0, 3
        check_bits $s1, CAUSE_EXCCODE_MASK | CAUSE_BD, EXC_IBE << CAUSE_EXCCODE_SHIFT
        check_same $s2, $a0
        check_eq $v0, 43
        test_pass 3
