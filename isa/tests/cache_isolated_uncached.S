/* conformance 1.8: isolation is of cacheable accesses only: loads and stores in kseg1 and of pages
 * with N set go to memory, and leave Status.CM alone. */
#include "isa/tests/test.h"
#include "isa/tests/cache.h"

        test_start
        map     8, 0x00400000, 0, memory - KSEG0_BASE, ENTRYLO_V | ENTRYLO_D | ENTRYLO_N
        la      $a0, memory
        uncached $a1, $a0
        li      $a2, 0x00400000
        li      $t0, 0x55667788
        lw      $v0, 0($a0)             # the block is in the cache
        set_status DATA_CACHE
        lw      $v0, 64($a0)            # this one is not
        lw      $v0, 0($a1)
        get_c0  $t1, CP0_STATUS
        check_eq $v0, 0x11223344
        check_bits $t1, STATUS_CM, STATUS_CM
        lw      $v0, 0($a0)
        lw      $v0, 64($a1)
        get_c0  $t1, CP0_STATUS
        check_eq $v0, 0x11223344
        check_bits $t1, STATUS_CM, 0
        sw      $t0, 0($a1)
        sb      $t0, 4($a1)
        sw      $t0, 8($a2)
        lw      $v0, 8($a2)
        lw      $v1, 0($a1)
        lw      $t2, 4($a1)
        check_eq $v0, 0x55667788
        check_eq $v1, 0x55667788
        check_eq $t2, 0x11223388
/* The words in the cache are as they were, still there, and now stale. */
        lw      $v0, 4($a0)
        get_c0  $t1, CP0_STATUS
        check_eq $v0, 0x11223344
        check_bits $t1, STATUS_CM, 0
        set_status 0
        lw      $v0, 0($a0)
        lw      $v1, 8($a0)
        check_eq $v0, 0x11223344
        check_eq $v1, 0x11223344
        test_pass

        .data
        .balign 4096
memory: .fill   32, 4, 0x11223344
