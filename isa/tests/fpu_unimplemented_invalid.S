/* The R3010 makes no NaNs: an invalid operation is left to software unless the user's trap is
 * enabled. A quiet NaN, whose quiet bit is 0 here, passes unchanged. */
#include "isa/tests/fpu.h"

        .macro  check_invalid operation:vararg
        set_fcsr 0
        \operation
        check_fcsr CAUSE_E
        set_fcsr ENABLE_V
        \operation
        check_fcsr CAUSE_V | ENABLE_V
        check_single $f4, 0x22222222
        .endm

        fpu_start
        set_single $f4, 0x22222222
        set_single $f0, 0
        check_invalid div.s $f4, $f0, $f0
        set_single $f2, 0x7f800000      # infinity
        check_invalid mul.s $f4, $f0, $f2
        check_invalid sub.s $f4, $f2, $f2
        check_invalid cvt.w.s $f4, $f2
        set_single $f2, 0x4f000000      # 2^31
        check_invalid cvt.w.s $f4, $f2
        set_single $f2, 0x7fc00000      # signalling
        check_invalid add.s $f4, $f2, $f2
        check_invalid neg.s $f4, $f2
        check_invalid abs.s $f4, $f2
        check_invalid cvt.d.s $f4, $f2

        set_fcsr ENABLE_V
        set_single $f2, 0xffa00001      # quiet
        set_single $f0, 0x3f800000
        add.s   $f4, $f0, $f2
        check_single $f4, 0xffa00001
        set_single $f0, 0x7fbfffff      # quiet
        mul.s   $f4, $f0, $f2
        check_single $f4, 0x7fbfffff    # the first of two
        cvt.d.s $f4, $f2
        check_double $f4, $f5, 0xfff40000, 0x20000000
        check_fcsr ENABLE_V
        test_pass
