/* conformance 1.8: the flush of the whole instruction cache, from ordinary cached kseg0 code: with
 * IsC and SwC set, stores of bytes invalidate it, fetches go on through the other cache, and what
 * the data cache has of data stays. */
#include "isa/tests/test.h"
#include "isa/tests/cache.h"

        test_start
        la      $a0, memory
        uncached $a1, $a0
        la      $a2, code
        lw      $t0, new
        lw      $v0, 0($a0)
        sw      $0, 0($a1)              # now the cache is stale
        jalr    $a2
        li      $v0, 0                  # delay slot
        sw      $t0, 4($a2)
        flush_cache INSTRUCTION_CACHE
        jalr    $a2
        li      $v0, 0                  # delay slot
        check_eq $v0, 6
        lw      $v0, 0($a0)
        check_eq $v0, 0x11223344
/* The whole data cache too */
        flush_cache DATA_CACHE
        lw      $v0, 0($a0)
        check_eq $v0, 0
/* Stores of words while swapped put code into the instruction cache and nowhere else. */
        li      $t1, 0x24020007         # li $v0, 7
        set_status INSTRUCTION_CACHE
        sw      $t1, 4($a2)
        lw      $v1, 4($a2)
        set_status 0
        jalr    $a2
        li      $v0, 0                  # delay slot
        check_eq $v0, 7
        check_eq $v1, 0x24020007
        uncached $a3, $a2
        lw      $v1, 4($a3)
        nop
        check_same $v1, $t0
        test_pass

        .balign 64
code:   jr      $ra
        li      $v0, 5                  # delay slot
new:    li      $v0, 6

        .data
        .balign 64
memory: .word   0x11223344
