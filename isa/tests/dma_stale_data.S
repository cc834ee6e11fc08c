/* conformance 1.8: what the DMA engine writes behind a cached word is not seen until the word is
 * invalidated; and it reads what stores have written through. */
#include "isa/tests/test.h"
#include "isa/tests/cache.h"
#include "isa/tests/dma.h"

        test_start
        start_dma 1
        la      $a0, to
        lw      $v0, 0($a0)             # its block is cached now
        la      $a1, from
        lw      $v1, 0($a1)
        li      $t0, 0x5678
        sw      $t0, 0($a1)             # cached, and in memory
        check_eq $v0, 0x1234
        check_eq $v1, 0
        ring_doorbell 1
        wait_for_head 1
        lw      $v0, 0($a0)
        lw      $v1, 12($a0)
        lw      $t1, 16($a0)            # another block
        check_eq $v0, 0x1234
        check_eq $v1, 0x1234
        check_eq $t1, 0
        check_memory to, 0x5678
        check_memory to + 12, 0
        flush_cache DATA_CACHE, to, 4
        lw      $v0, 0($a0)
        lw      $v1, 12($a0)            # came with the block
        check_eq $v0, 0x5678
        check_eq $v1, 0
        test_pass

        .data
        .balign DMA_RING_ALIGNMENT
ring:   descriptor from, to, 20
        .balign 64
from:   .fill   8, 4, 0
        .balign 64
to:     .fill   8, 4, 0x1234
