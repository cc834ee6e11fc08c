/* conformance 1.3, rule 5: a load that faults leaves its register unchanged, and what a load
 * before it has in flight to the same register arrives. */
#include "isa/tests/test.h"

        test_start
        la      $a0, memory
        li      $v0, 4
        nop
fault:  lw      $v0, 2($a0)
        nop
        check_exception 1, EXC_ADEL, fault
        check_eq $v0, 4

        li      $v0, 4
        lw      $v0, 0($a0)
second: lw      $v0, 2($a0)
        nop
        check_exception 2, EXC_ADEL, second
        check_eq $v0, 0x11223344

        li      $v0, 4
        lw      $v0, 0($a0)
third:  lwl     $v0, 0($0)              # no such page: nothing merged
        nop
        check_exception 3, EXC_TLBL, third
        check_eq $v0, 0x11223344
        test_pass 3

        .data
memory: .word   0x11223344
