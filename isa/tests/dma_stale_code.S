/* conformance 1.8: code that the DMA engine writes behind a cached instruction is executed in
 * kseg1, and in kseg0 once the instruction cache is flushed; flushing the data cache is no help. */
#include "isa/tests/test.h"
#include "isa/tests/cache.h"
#include "isa/tests/dma.h"

        .macro  check_code address, value
        jalr    \address
        li      $v0, 0                  # delay slot
        check_eq $v0, \value
        .endm

        test_start
        start_dma 1
        la      $a0, code
        uncached $a1, $a0
        check_code $a0, 5
        ring_doorbell 1
        wait_for_head 1
        check_code $a0, 5
        check_code $a1, 6
        flush_cache DATA_CACHE
        check_code $a0, 5
        flush_cache INSTRUCTION_CACHE, code, 8
        check_code $a0, 6
        test_pass

        .balign 64
code:   jr      $ra
        li      $v0, 5                  # delay slot
        .balign 64
new:    jr      $ra
        li      $v0, 6                  # delay slot

        .data
        .balign DMA_RING_ALIGNMENT
ring:   descriptor new, code, 8
