/* conformance 1.8: what is stored goes to the data cache and to memory: an instruction that the
 * instruction cache has is executed as it was until that is flushed; in kseg1 the new one is. */
#include "isa/tests/test.h"
#include "isa/tests/cache.h"

        test_start
        la      $a0, code
        uncached $a1, $a0
        lw      $t0, new
        jalr    $a0
        li      $v0, 0                  # delay slot
        check_eq $v0, 5
        sw      $t0, 4($a0)
        lw      $v1, 4($a0)
        jalr    $a0
        li      $v0, 0                  # delay slot
        check_same $v1, $t0
        check_eq $v0, 5
        jalr    $a1
        li      $v0, 0                  # delay slot
        check_eq $v0, 6
/* Flushing the data cache does not help. */
        flush_cache DATA_CACHE
        jalr    $a0
        li      $v0, 0                  # delay slot
        check_eq $v0, 5
        flush_cache INSTRUCTION_CACHE, code, 8
        jalr    $a0
        li      $v0, 0                  # delay slot
        check_eq $v0, 6
        test_pass

        .balign 64
code:   jr      $ra
        li      $v0, 5                  # delay slot
new:    li      $v0, 6
