/* For tests of the DMA engine: finds it, starts it on a ring, waits. */
#ifndef ISA_TESTS_DMA_H
#define ISA_TESTS_DMA_H

#include "isa/devices/dma.h"
#include "isa/tests/find_device.h"
#include "isa/tests/write_buffer.h"

/* A descriptor in the ring of the test, whose label is `ring`. \source and \destination are labels
 * in kseg0, or KSEG0_BASE + a physical address. */
.macro descriptor source:req, destination:req, length:req, flags=0, owner=0
        .word   \source - KSEG0_BASE, \destination - KSEG0_BASE, \length, \flags, \owner
        .word   DMA_RESULT_PENDING, 0, 0
.endm

/* A register of the engine, which stands in t8. It has the word when the macro is over. */
.macro write_dma reg:req, offset:req
        sw      \reg, \offset($t8)
        wait_for_writes
.endm

/* t8: the engine's kseg1 address; t9: its bit of Cause.IP and Status.IM. It has the test's ring of
 * \entries descriptors; \control: DMA_CONTROL_... Changes t0 and t1. */
.macro start_dma entries:req, control=DMA_CONTROL_ENABLE
        find_device DMA_ID
        la      $t0, ring - KSEG0_BASE
        write_dma $t0, DMA_RING
        li      $t0, \entries
        write_dma $t0, DMA_ENTRIES
        li      $t0, \control
        write_dma $t0, DMA_CONTROL
.endm

/* Hands over descriptors up to \tail. Changes k0. */
.macro ring_doorbell tail:req
        li      $k0, \tail
        write_dma $k0, DMA_TAIL
.endm

/* Until the engine is through with \head descriptors. Changes k0 and k1. */
.macro wait_for_head head:req
        li      $k1, \head
.Lhead\@:
        lw      $k0, DMA_HEAD($t8)
        nop
        bne     $k0, $k1, .Lhead\@
        nop                             # delay slot
.endm

/* The word at \label, as it is in memory. Changes k0. */
.macro check_memory label:req, value:req
        la      $v0, \label - KSEG0_BASE + KSEG1_BASE
        lw      $v0, 0($v0)
        nop
        check_eq $v0, \value
.endm

/* Result and count of descriptor \index. */
.macro check_result index:req, result:req, count:req
        check_memory ring + (\index) * DMA_DESCRIPTOR_SIZE + DMA_DESCRIPTOR_RESULT, \result
        check_memory ring + (\index) * DMA_DESCRIPTOR_SIZE + DMA_DESCRIPTOR_COUNT, \count
.endm

.macro check_register offset:req, value:req
        lw      $v0, \offset($t8)
        nop
        check_eq $v0, \value
.endm

#endif
