/* For tests of the caches: those of configs/r3000.yaml, 64 KiB with blocks of four words. */
#ifndef ISA_TESTS_CACHE_H
#define ISA_TESTS_CACHE_H

#define CACHE_BYTES 0x10000
#define REFILL_BYTES 16
#define DATA_CACHE STATUS_ISC
#define INSTRUCTION_CACHE (STATUS_ISC | STATUS_SWC)

/* Status has these bits and no other that can be written. Changes k0. */
.macro set_status bits
        li      $k0, \bits
        write_c0 $k0, CP0_STATUS
        nop
        nop
        nop
.endm

/* \to: the kseg1 address of what \from is in kseg0. Changes k0. */
.macro uncached to:req, from:req
        lui     $k0, (KSEG1_BASE - KSEG0_BASE) >> 16
        addu    \to, \from, $k0
.endm

/* Invalidates \bytes from \address on, or a whole cache. \cache: DATA_CACHE, INSTRUCTION_CACHE.
 * Changes k0, k1. Wherever this code is fetched from, it is not what it invalidates. */
.macro flush_cache cache:req, address=KSEG0_BASE, bytes=CACHE_BYTES
        set_status \cache
        la      $k0, \address
        la      $k1, \address + \bytes
.Lflush\@:
        addiu   $k0, $k0, 4
        bne     $k0, $k1, .Lflush\@
        sb      $0, -4($k0)             # delay slot
        set_status 0
.endm

#endif
