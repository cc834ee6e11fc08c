/* The four rounding modes on a halfway case, both signs, and on overflow. */
#include "isa/tests/fpu.h"

        .macro  check_rounded mode:req, positive:req, negative:req, large:req
        set_fcsr \mode
        add.s   $f4, $f0, $f2           # 1 + 2^-24
        check_single $f4, \positive
        add.s   $f4, $f6, $f8
        check_single $f4, \negative
        check_fcsr \mode | CAUSE_I | FLAG_I
        mul.s   $f4, $f10, $f10
        check_single $f4, \large
        check_fcsr \mode | CAUSE_O | CAUSE_I | FLAG_O | FLAG_I
        .endm

        fpu_start
        set_single $f0, 0x3f800000
        set_single $f2, 0x33800000
        set_single $f6, 0xbf800001
        set_single $f8, 0xb3800000
        set_single $f10, 0x7f000000
        check_rounded FCSR_ROUND_NEAREST, 0x3f800000, 0xbf800002, 0x7f800000
        check_rounded FCSR_ROUND_ZERO, 0x3f800000, 0xbf800001, 0x7f7fffff
        check_rounded FCSR_ROUND_UP, 0x3f800001, 0xbf800001, 0x7f800000
        check_rounded FCSR_ROUND_DOWN, 0x3f800000, 0xbf800002, 0x7f7fffff
        test_pass
