/* isa/devices/dma.h: a device's register that does not advance is read and written word by word, as
 * by the processor; what a device refuses ends the transfer. */
#include "isa/tests/test.h"
#include "isa/tests/dma.h"
#include "isa/tests/find_timer.h"

/* The word at \offset of descriptor \index (at t0). */
        .macro  set_descriptor index, offset, register
        sw      \register, (\index) * DMA_DESCRIPTOR_SIZE + (\offset)($t0)
        .endm

        test_start
        find_timer
        move    $t7, $t8
        li      $t0, KSEG1_BASE
        subu    $t6, $t8, $t0           # its physical address
        lw      $t5, TIMER_FREQUENCY($t7)
        start_dma 4
        la      $t0, ring - KSEG0_BASE + KSEG1_BASE
        addiu   $t1, $t6, TIMER_CONTROL
        set_descriptor 0, DMA_DESCRIPTOR_DESTINATION, $t1
        addiu   $t1, $t6, TIMER_FREQUENCY
        set_descriptor 1, DMA_DESCRIPTOR_SOURCE, $t1
        set_descriptor 2, DMA_DESCRIPTOR_DESTINATION, $t1       # is read-only
        addiu   $t1, $t6, TIMER_INTERVAL                        # is write-only
        set_descriptor 3, DMA_DESCRIPTOR_SOURCE, $t1
        ring_doorbell 4
        wait_for_head 4
        check_result 0, DMA_RESULT_DONE, 8
        lw      $v0, TIMER_CONTROL($t7)
        nop
        check_eq $v0, TIMER_PERIODIC    # the last of two words

        check_result 1, DMA_RESULT_DONE, 8
        la      $t1, to - KSEG0_BASE + KSEG1_BASE
        lw      $v0, 0($t1)
        lw      $v1, 4($t1)
        check_same $v0, $t5
        check_same $v1, $t5
        check_result 2, (DMA_RESULT_ERROR | DMA_CAUSE_DESTINATION << DMA_RESULT_CAUSE_SHIFT), 0
        check_result 3, (DMA_RESULT_ERROR | DMA_CAUSE_SOURCE << DMA_RESULT_CAUSE_SHIFT), 0
        test_pass

        .data
        .balign DMA_RING_ALIGNMENT
ring:   descriptor from, KSEG0_BASE, 8, DMA_FLAG_DESTINATION_FIXED
        descriptor KSEG0_BASE, to, 8, DMA_FLAG_SOURCE_FIXED
        descriptor from, KSEG0_BASE, 4
        descriptor KSEG0_BASE, to, 4
from:   .word   TIMER_PERIODIC | TIMER_INTERRUPT, TIMER_PERIODIC
to:     .word   0, 0
