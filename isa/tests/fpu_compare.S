/* The sixteen comparisons, less, equal, greater and unordered; the upper eight signal unordered
 * operands, all of them signalling NaNs. A comparison has its result without a NaN, so that nothing
 * is left to software. */
#include "isa/tests/fpu.h"

        .macro  check_relation number:req, name:req, signals:req
        .set    condition_if_less, (\number >> 2) & 1
        .set    condition_if_equal, (\number >> 1) & 1
        .set    condition_if_unordered, \number & 1
        set_fcsr 0
        c.\name\().s $f0, $f2
        check_fcsr condition_if_less * FCSR_CONDITION
        c.\name\().d $f14, $f14
        check_fcsr condition_if_equal * FCSR_CONDITION
        c.\name\().s $f2, $f0
        check_fcsr 0
        c.\name\().s $f2, $f4
        check_fcsr condition_if_unordered * FCSR_CONDITION + \signals * (CAUSE_V + FLAG_V)
        set_fcsr 0
        c.\name\().s $f6, $f2
        check_fcsr condition_if_unordered * FCSR_CONDITION + CAUSE_V + FLAG_V
        .endm

        fpu_start
        set_single $f0, 0xbf800000
        set_single $f2, 0x3f800000
        set_single $f4, 0x7fbfffff      # quiet
        set_single $f6, 0x7fc00000      # signalling
        set_double $f14, $f15, 0x3ff00000, 1
        check_relation 0, f, 0
        check_relation 1, un, 0
        check_relation 2, eq, 0
        check_relation 3, ueq, 0
        check_relation 4, olt, 0
        check_relation 5, ult, 0
        check_relation 6, ole, 0
        check_relation 7, ule, 0
        check_relation 8, sf, 1
        check_relation 9, ngle, 1
        check_relation 10, seq, 1
        check_relation 11, ngl, 1
        check_relation 12, lt, 1
        check_relation 13, nge, 1
        check_relation 14, le, 1
        check_relation 15, ngt, 1
/* An enabled trap keeps the condition. */
        set_fcsr FCSR_CONDITION | ENABLE_V
        c.lt.s  $f2, $f4
        check_fcsr FCSR_CONDITION | ENABLE_V | CAUSE_V
/* Zeros are equal. */
        set_fcsr 0
        set_single $f0, 0x80000000
        set_single $f2, 0
        c.eq.s  $f0, $f2
        check_fcsr FCSR_CONDITION
        test_pass
