/* isa/devices/dma.h: CANCEL drops what an owner has handed over, what is under way too, and leaves
 * the others'; CANCELLING is set until it is over. */
#include "isa/tests/test.h"
#include "isa/tests/dma.h"

#define LONG_SOURCE (KSEG0_BASE + 0x100000)
#define LONG_DESTINATION (KSEG0_BASE + 0x200000)
#define LONG 0x4000

        .macro  cancel owner
        li      $t0, \owner
        write_dma $t0, DMA_CANCEL
.Lcancelling\@:
        lw      $t0, DMA_STATUS($t8)
        nop
        andi    $t0, $t0, DMA_STATUS_CANCELLING
        bnez    $t0, .Lcancelling\@
        nop                             # delay slot
        .endm

        test_start
        start_dma 4, 0
        cancel  5                       # nothing is handed over
        ring_doorbell 3
        cancel  5
        check_register DMA_STATUS, 0
        check_result 0, DMA_RESULT_CANCELLED, 0
        check_result 1, DMA_RESULT_PENDING, 0
        check_result 2, DMA_RESULT_CANCELLED, 0
        li      $t0, DMA_CONTROL_ENABLE
        write_dma $t0, DMA_CONTROL
        wait_for_head 3
        check_result 1, DMA_RESULT_DONE, 4
        check_memory to, 7
        check_memory to + 4, 0
        check_register DMA_STATUS, 0    # no DONE of those that are cancelled

/* Under way: it takes thousands of cycles. */
        li      $t1, LONG_SOURCE - KSEG0_BASE + KSEG1_BASE
        li      $t2, LONG_DESTINATION - KSEG0_BASE + KSEG1_BASE
        li      $t0, 7
        sw      $t0, 0($t1)
        sw      $0, 0($t2)
        ring_doorbell 4
1:      lw      $t1, 0($t2)
        nop
        bne     $t1, $t0, 1b
        nop                             # delay slot
        cancel  5
        check_register DMA_HEAD, 4
        check_register DMA_STATUS, 0
        la      $t0, ring + 3 * DMA_DESCRIPTOR_SIZE - KSEG0_BASE + KSEG1_BASE
        lw      $v0, DMA_DESCRIPTOR_RESULT($t0)
        lw      $v1, DMA_DESCRIPTOR_COUNT($t0)
        check_eq $v0, DMA_RESULT_CANCELLED
        sltu    $v0, $0, $v1
        check_eq $v0, 1
        sltiu   $v1, $v1, LONG
        check_eq $v1, 1
        test_pass

        .data
        .balign DMA_RING_ALIGNMENT
ring:   descriptor from, to + 4, 4, DMA_FLAG_INTERRUPT, 5
        descriptor from, to, 4, 0, 6
        descriptor from, to + 4, 4, DMA_FLAG_INTERRUPT, 5
        descriptor LONG_SOURCE, LONG_DESTINATION, LONG, DMA_FLAG_INTERRUPT, 5
from:   .word   7
to:     .word   0, 0
