/* What the self-checking guest tests share: vectors, a recording exception handler, checks. A test
 * is bare: it runs as the kernel, in kseg0, from what the boot PROM leaves (isa/machine/boot.h).
 * It ends the run with status 0, or with the number of the first check that failed. The section that
 * a test's head names ("conformance 1.3") is one of docs/conformance.md.
 *
 * Each test is
 *
 *         #include "isa/tests/test.h"
 *         test_start
 *         ...            checks; s0..s6, k0, k1 belong to this header
 *         test_pass
 *
 * Exceptions are recorded and the test goes on:
 *   s0 how many so far          s1 Cause        s2 EPC        s3 BadVAddr
 *   s4 Status in the handler    s5 the vector it came through
 *   s6 where to go on, in kernel mode; 0: return with rfe to the instruction after the one that
 *      faulted (after its delay slot if that is where it was)
 * k0 and k1 are lost at every exception and every check. */
#ifndef ISA_TESTS_TEST_H
#define ISA_TESTS_TEST_H

#include "isa/devices/console.h"
#include "isa/machine/cp0.h"
#include "isa/machine/exceptions.h"
#include "isa/machine/memory_map.h"

#define CONSOLE_KSEG1 0xb0000000 /* physical 0x10000000, uncached */
#define ABSENT_KSEG1 0xbf000000  /* physical 0x1f000000: nothing there in any configuration */

        .set    noreorder
        .set    noat
        .set    check_number, 0

/* mfc0 and mtc0 with the register numbers of isa/machine/cp0.h; get_c0 waits for the load delay. */
.macro read_c0 reg:req, number:req
        mfc0    \reg, $\number
.endm
.macro write_c0 reg:req, number:req
        mtc0    \reg, $\number
.endm
.macro get_c0 reg:req, number:req
        mfc0    \reg, $\number
        nop
.endm

/* The vectors, the handler, and the test's first instruction. The refill vector goes to \utlb;
 * \first, if given, is the first instruction at both vectors. */
.macro test_start utlb=record_exception, first
        .text
        .org    VECTOR_UTLB - KSEG0_BASE
        \first
        j       \utlb
        li      $s5, VECTOR_UTLB & 0xffff       # delay slot
        .org    VECTOR_GENERAL - KSEG0_BASE
        \first
        j       record_exception
        li      $s5, VECTOR_GENERAL & 0xffff    # delay slot
        .org    0x100

record_exception:
        read_c0 $s1, CP0_CAUSE
        read_c0 $s2, CP0_EPC
        read_c0 $s3, CP0_BADVADDR
        read_c0 $s4, CP0_STATUS
        bnez    $s6, resume_elsewhere
        addiu   $s0, $s0, 1                     # delay slot
        bltz    $s1, resume                     # Cause.BD
        addiu   $k0, $s2, 8                     # delay slot
        addiu   $k0, $s2, 4
resume: jr      $k0
        rfe                                     # delay slot
resume_elsewhere:
        jr      $s6
        nop                                     # delay slot

/* k1: the number of the check that failed. */
failed: lui     $k0, CONSOLE_KSEG1 >> 16
        sw      $k1, CONSOLE_EXIT($k0)
        b       failed
        nop                                     # delay slot

        .globl  _start
_start:
        write_c0 $0, CP0_CAUSE                  # the software interrupts are undefined at reset
        li      $s0, 0
        li      $s6, 0
.endm

/* \exceptions: how many the test has caused. */
.macro test_pass exceptions=0
        check_eq $s0, \exceptions
        lui     $k0, CONSOLE_KSEG1 >> 16
        sw      $0, CONSOLE_EXIT($k0)
.Lend:  b       .Lend
        nop                                     # delay slot
.endm

/* The next check's number in k1; goes to `failed` if the registers differ. */
.macro check_same reg:req, expected:req
        .set    check_number, check_number + 1
        beq     \reg, \expected, .Lsame\@
        li      $k1, check_number               # delay slot
        j       failed
        nop                                     # delay slot
.Lsame\@:
.endm

/* \value: any constant or address. */
.macro check_eq reg:req, value:req
        li      $k0, \value
        check_same \reg, $k0
.endm
.macro check_address reg:req, label:req
        la      $k0, \label
        check_same \reg, $k0
.endm

/* The bits of \mask in \reg are \value. */
.macro check_bits reg:req, mask:req, value:req
        li      $k0, \mask
        and     $k1, \reg, $k0
        li      $k0, \value
        .set    check_number, check_number + 1
        beq     $k1, $k0, .Lsame\@
        li      $k1, check_number               # delay slot
        j       failed
        nop                                     # delay slot
.Lsame\@:
.endm

/* The last exception was the \count-th, had this code and restarts at \label. */
.macro check_exception count:req, code:req, label:req
        check_eq $s0, \count
        check_bits $s1, CAUSE_EXCCODE_MASK, (\code << CAUSE_EXCCODE_SHIFT)
        check_address $s2, \label
.endm

/* The same for an exception in the delay slot of the branch at \label. */
.macro check_slot_exception count:req, code:req, label:req
        check_exception \count, \code, \label
        check_bits $s1, CAUSE_BD, CAUSE_BD
.endm

/* Writes TLB entry \index: page \virt of address space \asid is at \phys; \flags are ENTRYLO_...
 * EntryHi then has this ASID. */
.macro map index:req, virt:req, asid:req, phys:req, flags:req
        li      $k0, (\virt) | ((\asid) << ENTRYHI_ASID_SHIFT)
        write_c0 $k0, CP0_ENTRYHI
        .set    map_flags, \flags
        la      $k0, \phys + map_flags
        write_c0 $k0, CP0_ENTRYLO
        li      $k0, (\index) << INDEX_SHIFT
        write_c0 $k0, CP0_INDEX
        nop
        tlbwi
        nop
        nop
.endm

/* Goes to the constant address \target in user mode with interrupts off. */
.macro enter_user target:req
        li      $k0, STATUS_KUP
        write_c0 $k0, CP0_STATUS
        li      $k0, \target
        jr      $k0
        rfe                                     # delay slot
.endm

/* The same; the next line is where it goes on at the first exception, in kernel mode. */
.macro run_user target:req
        la      $s6, .Lback\@
        enter_user \target
.Lback\@:
        li      $s6, 0
.endm

/* Returns from an exception that was not returned from: executes the instruction at EPC. */
.macro restart
        jr      $s2
        rfe                                     # delay slot
.endm

#endif
