/* What the tests of the floating-point coprocessor share. t8, t9 belong to this header, beside what
 * test.h takes. */
#ifndef ISA_TESTS_FPU_H
#define ISA_TESTS_FPU_H

#include "isa/machine/fpu.h"
#include "isa/tests/test.h"

#define FPU_INTERRUPT 0x8000 /* IP7, in Status and Cause */
#define CAUSE_E (FCSR_UNIMPLEMENTED << FCSR_CAUSE_SHIFT)
#define CAUSE_V (FCSR_INVALID << FCSR_CAUSE_SHIFT)
#define CAUSE_Z (FCSR_DIVIDE_BY_ZERO << FCSR_CAUSE_SHIFT)
#define CAUSE_O (FCSR_OVERFLOW << FCSR_CAUSE_SHIFT)
#define CAUSE_I (FCSR_INEXACT << FCSR_CAUSE_SHIFT)
#define FLAG_V (FCSR_INVALID << FCSR_FLAG_SHIFT)
#define FLAG_Z (FCSR_DIVIDE_BY_ZERO << FCSR_FLAG_SHIFT)
#define FLAG_O (FCSR_OVERFLOW << FCSR_FLAG_SHIFT)
#define FLAG_I (FCSR_INEXACT << FCSR_FLAG_SHIFT)
#define ENABLE_V (FCSR_INVALID << FCSR_ENABLE_SHIFT)
#define ENABLE_Z (FCSR_DIVIDE_BY_ZERO << FCSR_ENABLE_SHIFT)
#define ENABLE_O (FCSR_OVERFLOW << FCSR_ENABLE_SHIFT)
#define ENABLE_I (FCSR_INEXACT << FCSR_ENABLE_SHIFT)

/* Usable, interrupts off: an operation that traps is skipped. */
.macro fpu_start
        test_start
        li      $t8, STATUS_CU1
        write_c0 $t8, CP0_STATUS
        nop
        nop
        set_fcsr 0
.endm

.macro set_fcsr value:req
        li      $t8, \value
        ctc1    $t8, $31
.endm
.macro check_fcsr value:req
        cfc1    $t8, $31
        nop
        check_eq $t8, \value
.endm

.macro set_single reg:req, bits:req
        li      $t8, \bits
        mtc1    $t8, \reg
        nop
.endm
.macro check_single reg:req, bits:req
        mfc1    $t8, \reg
        nop
        check_eq $t8, \bits
.endm

/* \low is the register with the low word, \high the next one. */
.macro set_double low:req, high:req, high_bits:req, low_bits:req
        set_single \low, \low_bits
        set_single \high, \high_bits
.endm
.macro check_double low:req, high:req, high_bits:req, low_bits:req
        check_single \low, \low_bits
        check_single \high, \high_bits
.endm

/* From here on an FPU interrupt is taken, and goes on at \label with interrupts off. */
.macro let_fpu_interrupt label:req
        la      $s6, \label
        li      $t8, STATUS_CU1 | STATUS_IEC | FPU_INTERRUPT
        write_c0 $t8, CP0_STATUS
        nop
        nop
.endm

#endif
