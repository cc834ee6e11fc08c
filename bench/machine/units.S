/* What the workloads leave out, for docs/sensitivity.md: floating point, products, the DMA
 * engine, the disk, the frame buffer, registers of devices, the PROM, bus time-outs, stores of bytes
 * and across DRAM pages. Each operation is run ROUNDS times, but for the disk's, which take long. */
#include "bench/machine/drain.h"
#include "isa/devices/bus_error.h"
#include "isa/devices/console.h"
#include "isa/devices/disk.h"
#include "isa/devices/dma.h"
#include "isa/devices/framebuffer.h"
#include "isa/devices/timer.h"
#include "isa/machine/cp0.h"
#include "isa/machine/exceptions.h"
#include "isa/machine/memory_map.h"
#include "isa/markers.h"

        .set    noreorder
        .set    noat

#define ROUNDS 16
#define ACCESSES 16                     /* of a burst */
#define SOURCE_KSEG1 0xa0400000         /* RAM beyond the image */
#define TARGET 0x80512000               /* that the caches hold */
#define OTHER_TARGET 0x80623000         /* on its lines of the cache, and never loaded */
#define ABSENT_KSEG1 0xb8000000         /* nothing answers there */
#define CONSOLE_KSEG1 0xb0000000        /* configs: devices.console.address, uncached */
#define TIMER_KSEG1 0xb0001000          /* devices.timer.address */
#define DMA_KSEG1 0xb0002000            /* devices.dma.address */
#define BUS_ERROR_KSEG1 0xb0003000      /* devices.bus_error.address */
#define DISK_KSEG1 0xb0004000           /* devices.disk.address */
#define PIXELS_KSEG1 0xb0401000         /* devices.framebuffer.address + FRAMEBUFFER_PIXELS */
#define DISK_ROUNDS 4
#define DISK_BLOCKS_READ 36             /* from the middle of a track into the next */
#define FAR_SHIFT 19                    /* blocks 20 and, about 970 cylinders on, 20 + 2^19 */
#define DMA_SOURCE 0x00700000           /* a page, physical */
#define DMA_DESTINATION 0x00710000
#define UNEXPECTED_EXCEPTION 100

/* The end of an operation, and of its loop, which begins at label 1. */
.macro end_round name:req
        settle
        exo_op_end "\name"
        addiu   $s0, $s0, -1
        bnez    $s0, 1b
        nop                                     # delay slot
.endm

/* ACCESSES of \mnemonic, from a0 on, \step bytes apart. */
.macro accesses mnemonic:req, step:req
        .set    .Loffset, 0
        .rept   ACCESSES
        \mnemonic $0, .Loffset($a0)
        .set    .Loffset, .Loffset + \step
        .endr
.endm

/* An operation of nothing but those. */
.macro measure name:req, address:req, mnemonic:req, step:req
        li      $s0, ROUNDS
        li      $a0, \address
1:      drain
        exo_op_begin "\name"
        accesses \mnemonic, \step
        end_round "\name"
.endm

/* Sleeps, without use of the bus, until an interrupt has been served. */
.macro wait_for_interrupt
.Lwait\@:
        beqz    $s5, .Lwait\@
        nop                                     # delay slot
.endm

/* The transfer of a page: 16 bursts of 64 words each way. Its end interrupts. s3: how many there
 * were. */
.macro start_dma
        move    $s5, $0
        sw      $0, DMA_DESCRIPTOR_RESULT($s2)
        addiu   $s3, $s3, 1
        sw      $s3, DMA_TAIL($s1)
.endm

        .text
/* A load that nothing answered is passed over; an interrupt is acknowledged where it can come from.
 * With a write buffer that gathers, that takes until the buffer is empty. s5: it has come. */
        .globl  exception
exception:
        mfc0    $k0, $CP0_CAUSE
        mfc0    $k1, $CP0_EPC
        andi    $k0, $k0, CAUSE_EXCCODE_MASK
        beqz    $k0, interrupt
        xori    $k0, $k0, EXC_DBE << CAUSE_EXCCODE_SHIFT        # delay slot
        bnez    $k0, unexpected
        addiu   $k1, $k1, 4                     # delay slot
        jr      $k1
        rfe                                     # delay slot
interrupt:
        lw      $k0, BUS_ERROR_STATUS($s4)
        li      $s5, 1
        beqz    $k0, 1f
        nop                                     # delay slot
        lw      $0, BUS_ERROR_ADDRESS($s4)
        sw      $k0, BUS_ERROR_STATUS($s4)
1:      lw      $k0, DMA_STATUS($s1)
        nop                                     # load delay slot
        beqz    $k0, 2f
        nop                                     # delay slot
        sw      $k0, DMA_STATUS($s1)
2:      settle
3:      bc0f    3b
        nop                                     # delay slot
        jr      $k1
        rfe                                     # delay slot
unexpected:
        li      $k0, CONSOLE_KSEG1
        li      $k1, UNEXPECTED_EXCEPTION
        sw      $k1, CONSOLE_EXIT($k0)
        b       unexpected
        nop                                     # delay slot

        .globl  main
main:   move    $s7, $ra
        li      $s1, DMA_KSEG1
        la      $s2, descriptor - KSEG0_BASE + KSEG1_BASE
        move    $s3, $0
        li      $s4, BUS_ERROR_KSEG1
        la      $t0, descriptor - KSEG0_BASE
        sw      $t0, DMA_RING($s1)
        li      $t0, 1
        sw      $t0, DMA_ENTRIES($s1)
        li      $t0, DMA_CONTROL_ENABLE | DMA_CONTROL_INTERRUPT
        sw      $t0, DMA_CONTROL($s1)
        li      $t0, STATUS_CU1 | STATUS_IM_MASK & ~CAUSE_SW_MASK | STATUS_IEC
        mtc0    $t0, $CP0_STATUS

/* A sum of products of integers, in doubles, and back; then from one precision to the other. */
        li      $s0, ROUNDS
        li      $t0, 3
        mtc1    $t0, $f0
        mtc1    $t0, $f10
        nop
        cvt.d.w $f8, $f10
1:      drain
        exo_op_begin "converted sum"
        .rept   ACCESSES / 4
        cvt.d.w $f2, $f0
        mul.d   $f4, $f2, $f2
        add.d   $f8, $f8, $f4
        cvt.w.d $f6, $f8
        mfc1    $t1, $f6
        .endr
        end_round "converted sum"
        li      $s0, ROUNDS
1:      drain
        exo_op_begin "precision and back"
        .rept   ACCESSES / 4
        cvt.s.d $f2, $f8
        cvt.d.s $f4, $f2
        mov.d   $f8, $f4
        .endr
        end_round "precision and back"

/* Quotients, whose results the next instruction wants, a product of floats and a comparison; then
 * HI and LO. */
        li      $s0, ROUNDS
        li      $t0, 3
        mtc1    $t0, $f16
        nop
        cvt.s.w $f12, $f16
        cvt.d.w $f2, $f16
1:      drain
        exo_op_begin "quotients"
        .rept   ACCESSES / 4
        div.d   $f4, $f8, $f2
        c.lt.d  $f4, $f2
        add.d   $f6, $f4, $f2                   # in the same unit
        bc1t    2f
        div.s   $f10, $f12, $f12                # delay slot
2:
        mul.s   $f10, $f10, $f12
        mfc1    $t1, $f10
        nop
        .endr
        end_round "quotients"
        li      $s0, ROUNDS
1:      drain
        exo_op_begin "product and quotient"
        .rept   ACCESSES / 4
        mult    $t0, $s0
        mflo    $t1
        nop
        nop
        div     $0, $t1, $t0
        mflo    $t1
        nop
        nop
        .endr
        end_round "product and quotient"

/* Stores: words on one DRAM page, on two in turn; bytes of words that the cache holds, and not,
 * each of a word of its own; the bytes of a word one by one. */
        measure "stores, one page", TARGET, sw, 4
        measure "stores, two pages", TARGET, sw, PAGE_SIZE / 2
        li      $a0, TARGET
        accesses lw, 4
        measure "bytes, held", TARGET, sb, 4
        measure "bytes, not held", OTHER_TARGET, sb, 4
        measure "bytes of a word", OTHER_TARGET, sb, 1

/* Reads past the cache, and of what is no RAM; registers, written too. */
        measure "memory read", SOURCE_KSEG1, lw, 4
        measure "PROM read", (KSEG1_BASE + PROM_DIRECTORY), lw, 4
        li      $s0, ROUNDS
        li      $a0, TIMER_KSEG1
1:      drain
        exo_op_begin "timer"
        lw      $0, TIMER_COUNT($a0)
        sw      $0, TIMER_STATUS($a0)
        lw      $0, TIMER_STATUS($a0)
        end_round "timer"
        li      $s0, ROUNDS
        li      $a0, CONSOLE_KSEG1
1:      drain
        exo_op_begin "console"
        lw      $0, CONSOLE_DATA($a0)
        sw      $0, CONSOLE_DATA($a0)           # a zero byte: prints nothing
        lw      $0, CONSOLE_DATA($a0)
        end_round "console"

        li      $s0, ROUNDS
1:      drain
        exo_op_begin "DMA registers"
        lw      $0, DMA_HEAD($s1)
        sw      $0, DMA_STATUS($s1)
        lw      $0, DMA_STATUS($s1)
        end_round "DMA registers"

/* What nothing answers: a load, whose bus error is an exception, and a store, for which it is an
 * interrupt. */
        li      $s0, ROUNDS
        li      $a0, ABSENT_KSEG1
1:      drain
        exo_op_begin "absent read"
        nop                                     # the load must not begin it
        lw      $0, 0($a0)
        end_round "absent read"
        li      $s0, ROUNDS
1:      drain
        move    $s5, $0
        exo_op_begin "absent write"
        sw      $0, 0($a0)
        wait_for_interrupt
        end_round "absent write"

/* DMA: the whole transfer; and what the processor's own reads lose to one. */
        li      $s0, ROUNDS
1:      drain
        exo_op_begin "DMA of a page"
        start_dma
        wait_for_interrupt
        end_round "DMA of a page"
        li      $s0, ROUNDS
        li      $a0, SOURCE_KSEG1
1:      drain
        start_dma
        exo_op_begin "reads beside DMA"
        accesses lw, 4
        settle
        exo_op_end "reads beside DMA"
        wait_for_interrupt
        addiu   $s0, $s0, -1
        bnez    $s0, 1b
        nop                                     # delay slot

        li      $s0, ROUNDS
        li      $a0, PIXELS_KSEG1
1:      drain
        exo_op_begin "pixels"
        lw      $0, 0($a0)
        sw      $0, 0($a0)
        lw      $0, 0($a0)
        end_round "pixels"

/* The disk, from afar: a seek, a part of a revolution, a track and a half. Its registers are not
 * read before what was written has arrived. */
        li      $s0, ROUNDS
        li      $a0, DISK_KSEG1
1:      drain
        exo_op_begin "disk registers"
        lw      $0, DISK_STATUS($a0)
        sw      $0, DISK_STATUS($a0)
        lw      $0, DISK_STATUS($a0)
        end_round "disk registers"
        li      $s0, DISK_ROUNDS
        li      $t0, DISK_BLOCKS_READ
        sw      $t0, DISK_COUNT($a0)
        li      $t0, DMA_DESTINATION
        sw      $t0, DISK_ADDRESS($a0)
1:      drain
        exo_op_begin "disk blocks"
        andi    $t0, $s0, 1
        sll     $t0, $t0, FAR_SHIFT
        addiu   $t0, $t0, 20
        sw      $t0, DISK_BLOCK($a0)
        li      $t0, DISK_COMMAND_READ
        sw      $t0, DISK_COMMAND($a0)
        settle
        nop
2:      bc0f    2b
        nop                                     # delay slot
3:      lw      $t0, DISK_STATUS($a0)
        nop                                     # load delay slot
        andi    $t0, $t0, DISK_STATUS_BUSY
        bnez    $t0, 3b
        nop                                     # delay slot
        end_round "disk blocks"

        jr      $s7
        li      $v0, 0                          # delay slot

        .data
        .balign DMA_RING_ALIGNMENT
descriptor:
        .word   DMA_SOURCE, DMA_DESTINATION, PAGE_SIZE, DMA_FLAG_INTERRUPT, 1, 0, 0, 0
