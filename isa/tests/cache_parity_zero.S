/* conformance 1.6 and 1.8: while PZ is set, what is stored in the cache has parity bits of 0: wrong
 * for a byte with an odd number of ones. Such a word is a miss and sets PE, until 1 is written to
 * PE. */
#include "isa/tests/test.h"
#include "isa/tests/cache.h"

        test_start
        la      $a0, memory
        uncached $a1, $a0
        li      $t0, 0x00000100
/* The tag has to be even for it: the page's bytes. 0x80033000: 0x00, 0x03 and 0x3 are. */
        set_status STATUS_PZ
        sw      $t0, 0($a0)
        sw      $0, 4($a0)
        get_c0  $t1, CP0_STATUS
        set_status 0
        check_bits $t1, STATUS_PE, 0
        sw      $0, 4($a1)              # the same in memory
        li      $t2, 0x77
        sw      $t2, 0($a1)
        sw      $t2, 4($a1)
        lw      $v0, 4($a0)
        get_c0  $t1, CP0_STATUS
        check_eq $v0, 0                 # a hit: even bytes only
        check_bits $t1, STATUS_PE, 0
        lw      $v0, 0($a0)
        get_c0  $t1, CP0_STATUS
        check_eq $v0, 0x77              # a miss, read from memory
        check_bits $t1, STATUS_PE, STATUS_PE
/* It stays until it is cleared; the word is right again. */
        lw      $v0, 0($a0)
        get_c0  $t1, CP0_STATUS
        check_bits $t1, STATUS_PE, STATUS_PE
        li      $t1, STATUS_PE
        write_c0 $t1, CP0_STATUS
        nop
        lw      $v0, 0($a0)
        get_c0  $t1, CP0_STATUS
        check_eq $v0, 0x77
        check_bits $t1, STATUS_PE, 0
/* Isolated, it is a miss too, and read. */
        set_status STATUS_PZ | DATA_CACHE
        sw      $t0, 0($a0)
        set_status DATA_CACHE
        lw      $v0, 0($a0)
        get_c0  $t1, CP0_STATUS
        set_status 0
        check_eq $v0, 0x100
        check_bits $t1, STATUS_PE | STATUS_CM, STATUS_PE | STATUS_CM
        test_pass

        .org    0x33000
memory: .word   0, 0, 0, 0
