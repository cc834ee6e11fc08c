/* mov moves any bits; abs and neg change the sign of zeros, infinities and quiet NaNs too. */
#include "isa/tests/fpu.h"

        .macro  check_sign bits:req
        set_single $f0, \bits
        mov.s   $f4, $f0
        check_single $f4, \bits
        abs.s   $f4, $f0
        check_single $f4, \bits & 0x7fffffff
        neg.s   $f4, $f0
        check_single $f4, \bits ^ 0x80000000
        .endm

        fpu_start
        check_sign 0x80000000
        check_sign 0xbf800000
        check_sign 0x7f800000
        check_sign 0xffbfffff
        set_double $f0, $f1, 0xbff00000, 0x12345678
        neg.d   $f4, $f0
        check_double $f4, $f5, 0x3ff00000, 0x12345678
        abs.d   $f4, $f0
        check_double $f4, $f5, 0x3ff00000, 0x12345678
        check_fcsr 0
/* A signalling NaN moves without a word. */
        set_single $f0, 0x7fc00000
        mov.s   $f4, $f0
        check_single $f4, 0x7fc00000
        check_fcsr 0
        test_pass
