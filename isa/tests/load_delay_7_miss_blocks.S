/* conformance 1.3, rule 7: a load that misses the cache blocks the pipeline: its slot still reads
 * the old value, and the next instruction the new one, however long the miss takes. */
#include "isa/tests/test.h"

        test_start
/* Each word is read for the first time, cached and uncached. */
        la      $a0, memory
        li      $v0, 4
        lw      $v0, 0($a0)
        move    $v1, $v0
        move    $a1, $v0
        check_eq $v1, 4
        check_eq $a1, 0x11223344

        lui     $t0, (KSEG1_BASE - KSEG0_BASE) >> 16
        addu    $a0, $a0, $t0
        li      $v0, 4
        lw      $v0, 64($a0)
        move    $v1, $v0
        move    $a1, $v0
        check_eq $v1, 4
        check_eq $a1, 0x55667788
        test_pass

        .data
        .balign 64
memory: .word   0x11223344
        .balign 64
        .word   0x55667788
