/* isa/devices/dma.h: what is handed over is carried out in its order, from memory to memory; the
 * ring wraps; HEAD, RESULT and COUNT say what is done; STATUS does with DMA_FLAG_INTERRUPT only. */
#include "isa/tests/test.h"
#include "isa/tests/dma.h"

        test_start
        start_dma 2
        check_register DMA_STATUS, 0
        ring_doorbell 2
        wait_for_head 2
        check_register DMA_STATUS, 0
        check_result 0, DMA_RESULT_DONE, 400
        check_result 1, DMA_RESULT_DONE, 8
        check_memory first, 0x1234
        check_memory first + 396, 0x1234
        check_memory first + 400, 0
        check_memory second, 0x1234     # of what the first has moved
        check_memory second + 4, 0x1234
        check_memory second + 8, 0

/* Entry 0 once more: the third descriptor. */
        la      $t0, ring - KSEG0_BASE + KSEG1_BASE
        la      $t1, second - KSEG0_BASE + 8
        sw      $t1, DMA_DESCRIPTOR_DESTINATION($t0)
        li      $t1, 4
        sw      $t1, DMA_DESCRIPTOR_LENGTH($t0)
        sw      $0, DMA_DESCRIPTOR_RESULT($t0)
        ring_doorbell 3
        wait_for_head 3
        check_result 0, DMA_RESULT_DONE, 4
        check_memory second + 8, 0x1234
        check_register DMA_TAIL, 3
        check_register DMA_ERROR, 0
        test_pass

        .data
        .balign DMA_RING_ALIGNMENT
ring:   descriptor from, first, 400
        descriptor first, second, 8
from:   .fill   100, 4, 0x1234
first:  .fill   101, 4, 0
second: .fill   3, 4, 0
