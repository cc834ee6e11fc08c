/* conformance 1.8: Status.CM says whether the last isolated load found its word, to the very next
 * instruction; the load brings what the cache has, found or not. Stores and other loads leave it
 * alone, and mtc0 cannot write it. */
#include "isa/tests/test.h"
#include "isa/tests/cache.h"

/* An isolated load has this result and leaves this in CM. */
        .macro  check_load load, value, miss, address:vararg
        \load   $v0, \address
        read_c0 $t1, CP0_STATUS
        nop
        check_eq $v0, \value
        check_bits $t1, STATUS_CM, \miss
        .endm

        test_start
        la      $a0, memory
        uncached $a1, $a0
        lui     $a2, CACHE_BYTES >> 16
        addu    $a2, $a2, $a0           # the same index, another tag
        lw      $v0, 0($a0)
        set_status DATA_CACHE
        check_load lw, 0x81223344, 0, 0($a0)
        check_load lw, 0x81223344, STATUS_CM, 0($a2)
        check_load lbu, 0x81, 0, 3($a0)
        check_load lb, 0xffffff81, STATUS_CM, 3($a2)
        check_load lhu, 0x8122, 0, 2($a0)
        check_load lh, 0x3344, STATUS_CM, 0($a2)
/* Invalid, the word is a miss and still read. */
        sb      $0, 0($a0)
        get_c0  $t1, CP0_STATUS
        check_bits $t1, STATUS_CM, STATUS_CM
        check_load lw, 0x55667788, 0, 4($a0)
        check_load lw, 0x81223344, STATUS_CM, 0($a0)
        sw      $0, 0($a0)
        get_c0  $t1, CP0_STATUS
        check_bits $t1, STATUS_CM, STATUS_CM
        set_status 0
        lw      $v0, 0($a0)
        get_c0  $t1, CP0_STATUS
        check_eq $v0, 0
        check_bits $t1, STATUS_CM, STATUS_CM
        set_status DATA_CACHE
        check_load lw, 0x55667788, 0, 4($a0)
        set_status STATUS_CM
        lw      $v0, 64($a0)            # not isolated: a miss that is refilled
        get_c0  $t1, CP0_STATUS
        check_bits $t1, STATUS_CM, 0
        test_pass

        .data
        .balign 128
memory: .word   0x81223344, 0x55667788
        .balign 128
