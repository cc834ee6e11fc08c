/* conformance 1.8: an isolated store of less than a word invalidates the word at its index, whatever
 * its tag; not the other words of the block, and not memory. */
#include "isa/tests/test.h"
#include "isa/tests/cache.h"

/* \store of 0 at \address (in a2 or a0) invalidates the word at \offset, and only this. */
        .macro  check_invalidates offset, store, address:vararg
        set_status 0
        flush_cache DATA_CACHE, memory, 32
        lw      $v0, 0($a0)             # the whole block
        set_status DATA_CACHE
        \store  $0, \address
        lw      $v0, \offset($a0)
        get_c0  $t1, CP0_STATUS
        lw      $v1, \offset ^ 4($a0)
        get_c0  $t2, CP0_STATUS
        check_bits $t1, STATUS_CM, STATUS_CM
        check_bits $t2, STATUS_CM, 0
        check_eq $v1, 0x11223344
        set_status 0
        lw      $v0, \offset($a1)
        lw      $v1, \offset($a0)
        check_eq $v0, 0x11223344
        check_eq $v1, 0x11223344
        .endm

        test_start
        la      $a0, memory
        uncached $a1, $a0
        lui     $a2, CACHE_BYTES >> 16
        addu    $a2, $a2, $a0           # the same index, another tag
        check_invalidates 0, sb, 0($a0)
        check_invalidates 4, sb, 7($a0)
        check_invalidates 8, sh, 8($a0)
        check_invalidates 12, sh, 14($a0)
        check_invalidates 0, swl, 1($a0)
        check_invalidates 4, swr, 5($a0)
        check_invalidates 4, sb, 4($a2)
        check_invalidates 8, sh, 10($a2)
        test_pass

        .data
        .balign 64
memory: .fill   16, 4, 0x11223344
