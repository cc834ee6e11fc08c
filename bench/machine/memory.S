/* What the memory of a machine costs, access by access: what memory.py also computes from the
 * configuration. Each operation is run ROUNDS times. */
#include "bench/machine/drain.h"
#include "isa/devices/timer.h"
#include "isa/machine/cp0.h"
#include "isa/machine/memory_map.h"
#include "isa/markers.h"

        .set    noreorder
        .set    noat

#define ROUNDS 64
#define ACCESSES 16                /* of a burst; memory.py has it too */
#define STRIDE 16                  /* bytes, a block of the largest refill in use */
#define CACHE_BYTES 0x10000        /* of every machine here */
#define SOURCE 0x80400000          /* RAM beyond the image */
#define TARGET 0x80512000          /* other lines of the cache than SOURCE */
#define PAGE_TABLE 0x80600000      /* linear, for kuseg: what Context points into */
#define COPY_WORDS 32              /* memory.py has it too */
#define MAPPED_DATA 0x80404000     /* not on the page table's lines of the cache */
#define MAPPED_PAGES 256           /* four times the TLB */
#define TIMER_KSEG1 0xb0001000     /* configs: devices.timer.address, uncached */

/* Loads what has the cache lines of SOURCE. */
.macro evict_source bytes:req
        li      $t0, SOURCE + CACHE_BYTES
        li      $t1, SOURCE + CACHE_BYTES + \bytes
.Levict\@:
        lw      $0, 0($t0)
        addiu   $t0, $t0, 4
        bne     $t0, $t1, .Levict\@
        nop                                     # delay slot
.endm

/* \count stores of \mnemonic, \step bytes apart, alternately at a0 and \second. */
.macro stores mnemonic:req, count:req, second:req, step=4
        .set    .Loffset, 0
        .rept   \count / 2
        \mnemonic $0, .Loffset($a0)
        \mnemonic $0, .Loffset + \step(\second)
        .set    .Loffset, .Loffset + 2 * \step
        .endr
.endm

/* Two bursts, of which the longer one has ACCESSES more: the difference is the steady state. */
.macro store_bursts name:req, mnemonic:req, second:req, step=4
1:      drain
        exo_op_begin "\name, short burst"
        stores \mnemonic, ACCESSES, \second, \step
        settle
        exo_op_end "\name, short burst"
        drain
        exo_op_begin "\name, long burst"
        stores \mnemonic, 2 * ACCESSES, \second, \step
        settle
        exo_op_end "\name, long burst"
        addiu   $s0, $s0, -1
        bnez    $s0, 1b
        nop                                     # delay slot
.endm

/* \name: ACCESSES loads from a0, STRIDE bytes apart, or of one word if \step is 0. */
.macro loads name:req, step=STRIDE
        .set    .Loffset, 0
        settle
        exo_op_begin "\name"
        .rept   ACCESSES
        lw      $0, .Loffset($a0)
        .set    .Loffset, .Loffset + \step
        .endr
        settle
        exo_op_end "\name"
.endm

.macro copy name:req, words:req
        evict_source 4 * (\words)
        drain
        li      $a0, SOURCE
        li      $a1, TARGET
        li      $a2, SOURCE + 4 * (\words)
        exo_op_begin "\name"
        nop                                     # the loop's first instruction must not begin it
.Lcopy\@:
        lw      $t0, 0($a0)
        lw      $t1, 4($a0)
        lw      $t2, 8($a0)
        lw      $t3, 12($a0)
        addiu   $a0, $a0, 16
        sw      $t0, 0($a1)
        sw      $t1, 4($a1)
        sw      $t2, 8($a1)
        sw      $t3, 12($a1)
        bne     $a0, $a2, .Lcopy\@
        addiu   $a1, $a1, 16                    # delay slot
        settle
        exo_op_end "\name"
.endm

        .text
        .globl  main
main:   move    $s7, $ra

/* Data cache: reads that miss. */
        li      $s0, ROUNDS
1:      evict_source ACCESSES * STRIDE
        drain
        li      $a0, SOURCE
        loads   "data miss"
        addiu   $s0, $s0, -1
        bnez    $s0, 1b
        nop                                     # delay slot

/* Reads past the cache: memory, a register. */
        li      $s0, ROUNDS
1:      drain
        li      $a0, SOURCE + KSEG1_BASE - KSEG0_BASE
        loads   "uncached read", 4
        li      $a0, TIMER_KSEG1
        loads   "register read", 0
        addiu   $s0, $s0, -1
        bnez    $s0, 1b
        nop                                     # delay slot

/* Instruction cache: two pieces of code on the same lines throw one another out. */
        li      $s0, ROUNDS
1:      jal     piece_b
        nop                                     # delay slot
        drain
        exo_op_begin "instruction miss"
        jal     piece_a
        nop                                     # delay slot
        exo_op_end "instruction miss"
        addiu   $s0, $s0, -1
        bnez    $s0, 1b
        nop                                     # delay slot

/* Stores: on one DRAM page, on two in turn, of less than a word, to two registers. */
        li      $a0, TARGET
        li      $a1, TARGET + PAGE_SIZE
        li      $s0, ROUNDS
        store_bursts "store, one page", sw, $a0
        li      $s0, ROUNDS
        store_bursts "store, other page", sw, $a1
        li      $s0, ROUNDS
        store_bursts "store, half a word", sh, $a0
        li      $a0, TIMER_KSEG1 + TIMER_CONTROL
        li      $a1, TIMER_KSEG1 + TIMER_STATUS
        li      $s0, ROUNDS
        store_bursts "register write", sw, $a1, 0

/* Copies of words, four in a turn, whose source is not in the cache. */
        li      $s0, ROUNDS
1:      copy    "copy, short", COPY_WORDS
        copy    "copy, long", 2 * COPY_WORDS
        addiu   $s0, $s0, -1
        bnez    $s0, 1b
        nop                                     # delay slot

/* A load from a page that the TLB does not hold: all pages are one page of memory, which is in the
 * cache, as is the page table after the first turn. */
        li      $t0, PAGE_TABLE
        mtc0    $t0, $CP0_CONTEXT
        li      $t1, PAGE_TABLE + 4 * MAPPED_PAGES
        li      $t2, (MAPPED_DATA - KSEG0_BASE) | ENTRYLO_V
1:      sw      $t2, 0($t0)
        addiu   $t0, $t0, 4
        bne     $t0, $t1, 1b
        nop                                     # delay slot
        li      $s0, ROUNDS
1:      li      $s1, MAPPED_PAGES * PAGE_SIZE
2:      addiu   $s1, $s1, -PAGE_SIZE
        exo_op_begin "TLB miss"
        nop                                     # the load begins again, and must not begin it
        lw      $0, 0($s1)
        settle
        exo_op_end "TLB miss"
        bnez    $s1, 2b
        nop                                     # delay slot
        addiu   $s0, $s0, -1
        bnez    $s0, 1b
        nop                                     # delay slot

        jr      $s7
        li      $v0, 0                          # delay slot

/* 16 instructions each: so few that no refresh need fall into them. */
        .balign CACHE_BYTES
        .skip   CACHE_BYTES / 2
piece_a:
        .fill   14, 4, 0
        jr      $ra
        nop                                     # delay slot
        .balign CACHE_BYTES
        .skip   CACHE_BYTES / 2
piece_b:
        .fill   14, 4, 0
        jr      $ra
        nop                                     # delay slot
