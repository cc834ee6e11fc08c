/* conformance 1.8: swapped only, loads hit and refill the instruction cache, and stores write it and
 * memory; the data cache sees nothing of it. */
#include "isa/tests/test.h"
#include "isa/tests/cache.h"

        test_start
        la      $a0, memory
        uncached $a1, $a0
        li      $t0, 0x55667788
        lw      $v0, 0($a0)             # the data cache has this block
        set_status STATUS_SWC
        lw      $v0, 16($a0)            # the instruction cache this one
        sw      $t0, 0($a0)             # and this word
        lw      $v1, 0($a0)
        set_status 0
        check_eq $v0, 0x11223344
        check_eq $v1, 0x55667788
        lw      $v0, 0($a0)
        lw      $v1, 0($a1)
        check_eq $v0, 0x11223344
        check_eq $v1, 0x55667788
        sw      $t0, 16($a1)
        lw      $v0, 16($a0)            # a miss in the data cache
        check_eq $v0, 0x55667788
        set_status STATUS_SWC
        lw      $v0, 16($a0)            # a hit in the instruction cache
        set_status 0
        check_eq $v0, 0x11223344
        test_pass

        .data
        .balign 64
memory: .fill   16, 4, 0x11223344
