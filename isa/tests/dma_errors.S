/* isa/devices/dma.h: a descriptor that cannot be carried out gets its cause, and the next one its
 * turn. ERROR has the first cause until it is acknowledged. The doorbell refuses a bad ring. */
#include "isa/tests/test.h"
#include "isa/tests/dma.h"

#define ABSENT (KSEG0_BASE + 0x1f000000)

        .macro  check_failed index, cause, count
        check_result \index, (DMA_RESULT_ERROR | (\cause) << DMA_RESULT_CAUSE_SHIFT), \count
        .endm

        test_start
        start_dma 8
        ring_doorbell 8
        wait_for_head 8
        check_failed 0, DMA_CAUSE_FLAGS, 0
        check_failed 1, DMA_CAUSE_LENGTH, 0
        check_failed 2, DMA_CAUSE_LENGTH, 0
        check_failed 3, DMA_CAUSE_ALIGNMENT, 0
        check_failed 4, DMA_CAUSE_WRAP, 0
        check_failed 5, DMA_CAUSE_SOURCE, 0
        check_failed 6, DMA_CAUSE_DESTINATION, 0
        check_result 7, DMA_RESULT_DONE, 4
        check_memory to, 7
        check_memory to + 4, 0
        check_register DMA_STATUS, DMA_STATUS_ERROR
        check_register DMA_ERROR, DMA_CAUSE_FLAGS
        lw      $v0, DMA_ERROR_ADDRESS($t8)
        check_address $v0, ring - KSEG0_BASE
        li      $t0, DMA_STATUS_ERROR
        write_dma $t0, DMA_STATUS
        check_register DMA_ERROR, 0

/* Not its own registers */
        la      $t0, ring - KSEG0_BASE + KSEG1_BASE
        li      $t1, KSEG1_BASE
        subu    $t1, $t8, $t1
        addiu   $t1, $t1, DMA_CONTROL
        sw      $t1, DMA_DESCRIPTOR_DESTINATION($t0)
        sw      $0, DMA_DESCRIPTOR_FLAGS($t0)
        sw      $0, DMA_DESCRIPTOR_RESULT($t0)
        ring_doorbell 9
        wait_for_head 9
        check_failed 0, DMA_CAUSE_SELF, 0
        check_register DMA_CONTROL, DMA_CONTROL_ENABLE
        check_register DMA_ERROR, DMA_CAUSE_SELF

/* More than the ring has room for */
        li      $t0, DMA_STATUS_ERROR
        write_dma $t0, DMA_STATUS
        ring_doorbell 18
        check_register DMA_TAIL, 9
        check_register DMA_ERROR, DMA_CAUSE_TAIL

/* A ring of three */
        li      $t0, DMA_STATUS_ERROR
        write_dma $t0, DMA_STATUS
        write_dma $0, DMA_CONTROL
        li      $t0, 3
        write_dma $t0, DMA_ENTRIES
        li      $t0, DMA_CONTROL_ENABLE
        write_dma $t0, DMA_CONTROL
        ring_doorbell 1
        check_register DMA_TAIL, 0
        check_register DMA_CONTROL, 0
        check_register DMA_STATUS, DMA_STATUS_ERROR
        check_register DMA_ERROR, DMA_CAUSE_RING
        test_pass

        .data
        .balign DMA_RING_ALIGNMENT
ring:   descriptor from, to + 4, 4, 0x80
        descriptor from, to + 4, 0
        descriptor from, to + 4, 6
        descriptor from + 2, to + 4, 4
        descriptor from, KSEG0_BASE + 0xfffffffc, 8
        descriptor ABSENT, to + 4, 4
        descriptor from, ABSENT, 4
        descriptor from, to, 4
from:   .word   7
to:     .word   0, 0
