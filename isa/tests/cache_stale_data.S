/* conformance 1.8: the cache has data of its own: what changes in memory behind it is not seen until
 * the word is invalidated or another takes its place. The processor itself plays the device: it
 * writes through kseg1. */
#include "isa/tests/test.h"
#include "isa/tests/cache.h"

        test_start
        la      $a0, memory
        uncached $a1, $a0
        li      $t0, 0x55667788
        lw      $v0, 0($a0)
        sw      $t0, 0($a1)
        sw      $t0, 12($a1)
        sw      $t0, 16($a1)
        lw      $v0, 0($a0)
        lw      $v1, 12($a0)            # came with the block
        lw      $t1, 16($a0)            # did not
        lbu     $t2, 3($a0)
        check_eq $v0, 0x11223344
        check_eq $v1, 0x11223344
        check_eq $t1, 0x55667788
        check_eq $t2, 0x11
        lw      $v0, 0($a1)
        check_eq $v0, 0x55667788
/* Invalidated */
        flush_cache DATA_CACHE, memory, 4
        lw      $v0, 0($a0)
        check_eq $v0, 0x55667788
/* Displaced by its namesake 64 KiB further on */
        lw      $v0, 64($a0)
        sw      $t0, 64($a1)
        li      $t2, CACHE_BYTES
        addu    $a2, $a0, $t2
        lw      $v0, 64($a0)
        lw      $v1, 64($a2)
        lw      $t1, 64($a0)
        check_eq $v0, 0x11223344
        check_eq $t1, 0x55667788
        test_pass

        .data
        .balign 128
memory: .fill   32, 4, 0x11223344
