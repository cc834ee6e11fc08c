/* conformance 1.8: a store of a word writes memory, and the cache whether it had the word or not; of
 * the other words of the block none comes. */
#include "isa/tests/test.h"
#include "isa/tests/cache.h"

        test_start
        la      $a0, memory
        uncached $a1, $a0
        li      $t0, 0x55667788
        sw      $t0, 4($a0)             # a miss
        lw      $v0, 4($a1)
        sw      $0, 0($a1)
        sw      $0, 4($a1)
        lw      $v1, 4($a0)
        lw      $t1, 0($a0)
        check_eq $v0, 0x55667788
        check_eq $v1, 0x55667788
        check_eq $t1, 0
/* The refill for the first word has brought the other too. */
        lw      $v1, 4($a0)
        check_eq $v1, 0
        sw      $t0, 4($a0)             # a hit
        lw      $v0, 4($a1)
        sw      $0, 4($a1)
        lw      $v1, 4($a0)
        check_eq $v0, 0x55667788
        check_eq $v1, 0x55667788
/* Written in place of another word with the same index */
        li      $t2, CACHE_BYTES
        addu    $a2, $a0, $t2
        sw      $t0, 4($a2)
        lw      $v0, 4($a0)
        check_eq $v0, 0
        test_pass

        .data
        .balign 64
memory: .fill   16, 4, 0x11223344
