/* The R3010 makes no denormals: a result that is tiny after rounding is left to software, exact or
 * not, with the underflow trap enabled or not. */
#include "isa/tests/fpu.h"

        .macro  check_underflow operation:vararg
        set_fcsr 0
        \operation
        check_fcsr CAUSE_E
        set_fcsr 0x100                  # underflow enabled
        \operation
        check_fcsr CAUSE_E | 0x100
        check_single $f4, 0x22222222
        .endm

        fpu_start
        set_single $f4, 0x22222222
        set_single $f0, 0x00800001
        set_single $f2, 0x00800000
        check_underflow sub.s $f4, $f0, $f2     # exact
        check_underflow mul.s $f4, $f0, $f2     # nothing is left of it
        set_single $f2, 0x3f000000
        check_underflow mul.s $f4, $f0, $f2
        set_double $f6, $f7, 0x36900000, 0      # 2^-150
        check_underflow cvt.s.d $f4, $f6

/* Just below the smallest normal number, and rounded to it in its own precision: not tiny. */
        set_fcsr 0
        set_double $f6, $f7, 0x380fffff, 0xf8000000
        cvt.s.d $f4, $f6
        check_single $f4, 0x00800000
        check_fcsr CAUSE_I | FLAG_I
        test_pass
