/* conformance 1.8: an isolated store of a word writes the data cache, tag and valid bit with it, and
 * never memory. */
#include "isa/tests/test.h"
#include "isa/tests/cache.h"

        test_start
        la      $a0, memory
        uncached $a1, $a0
        li      $t0, 0x55667788
        lw      $v0, 0($a0)             # the cache has it
        set_status DATA_CACHE
        sw      $t0, 0($a0)
        sw      $t0, 64($a0)            # the cache does not have this one
        lw      $v0, 0($a0)
        lw      $v1, 64($a0)
        get_c0  $t1, CP0_STATUS
        check_eq $v0, 0x55667788
        check_eq $v1, 0x55667788
        check_bits $t1, STATUS_CM, 0
        set_status 0
        lw      $v0, 0($a1)
        lw      $v1, 64($a1)
        check_eq $v0, 0x11223344
        check_eq $v1, 0x11223344
/* What is left in the cache is as good as any word there. */
        lw      $v0, 0($a0)
        lw      $v1, 64($a0)
        check_eq $v0, 0x55667788
        check_eq $v1, 0x55667788
        test_pass

        .data
        .balign 128
memory: .fill   32, 4, 0x11223344
