/* conformance 1.10: a floating-point exception is an interrupt (IP7), and the processor takes it on
 * the operation itself, with no result written: Linux's handler for the R3000 emulates what EPC
 * names. */
#include "isa/tests/fpu.h"

        fpu_start
        set_single $f0, 0x3f800000
        set_single $f2, 0
        set_single $f4, 0x12345678
        set_fcsr ENABLE_Z
        li      $v0, 0
        let_fpu_interrupt stopped
        li      $v0, 1
divide: div.s   $f4, $f0, $f2
        li      $v0, 2
stopped:
        check_exception 1, EXC_INT, divide
        check_bits $s1, CAUSE_BD | CAUSE_IP_MASK, FPU_INTERRUPT
        check_eq $v0, 1
        check_single $f4, 0x12345678
        check_fcsr CAUSE_Z | ENABLE_Z

/* The level stays until ctc1 clears the cause. */
        get_c0  $v0, CP0_CAUSE
        check_bits $v0, CAUSE_IP_MASK, FPU_INTERRUPT
        set_fcsr ENABLE_Z
        get_c0  $v0, CP0_CAUSE
        check_bits $v0, CAUSE_IP_MASK, 0

/* In a delay slot EPC is the branch. */
        let_fpu_interrupt in_slot
branch: b       in_slot
        div.s   $f4, $f0, $f2           # delay slot
in_slot:
        check_exception 2, EXC_INT, branch
        check_bits $s1, CAUSE_BD, CAUSE_BD
        set_fcsr ENABLE_Z

/* Masked: skipped without a result, and taken as soon as it may be. */
        div.s   $f4, $f0, $f2
        check_single $f4, 0x12345678
        check_fcsr CAUSE_Z | ENABLE_Z
        la      $s6, late
        li      $t0, STATUS_CU1 | STATUS_IEC | FPU_INTERRUPT
        write_c0 $t0, CP0_STATUS
        nop
after:  nop
late:   check_exception 3, EXC_INT, after

/* The mask of another interrupt does not help. */
        set_fcsr ENABLE_Z
        la      $s6, 0
        li      $t0, STATUS_CU1 | STATUS_IEC | (STATUS_IM_MASK & ~FPU_INTERRUPT)
        write_c0 $t0, CP0_STATUS
        nop
        div.s   $f4, $f0, $f2
        nop
        test_pass 3
