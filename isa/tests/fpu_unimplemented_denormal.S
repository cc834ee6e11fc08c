/* The R3010 does not compute with denormals: an operand that is one is left to software, whatever
 * is enabled. Moves and comparisons take it. */
#include "isa/tests/fpu.h"

        .macro  check_left_to_software operation:vararg
        set_fcsr FLAG_O
        \operation
        check_fcsr CAUSE_E | FLAG_O
        check_double $f4, $f5, 0x11111111, 0x22222222
        .endm

        fpu_start
        set_double $f0, $f1, 0x000fffff, 0xffffffff
        set_double $f2, $f3, 0x3ff00000, 0
        set_double $f4, $f5, 0x11111111, 0x22222222
        check_left_to_software add.d $f4, $f0, $f2
        check_left_to_software sub.d $f4, $f2, $f0
        check_left_to_software mul.d $f4, $f0, $f2
        check_left_to_software div.d $f4, $f2, $f0
        check_left_to_software abs.d $f4, $f0
        check_left_to_software neg.d $f4, $f0
        check_left_to_software cvt.s.d $f4, $f0
        check_left_to_software cvt.w.d $f4, $f0
        set_single $f0, 0x80000001
        set_single $f2, 0x3f800000
        check_left_to_software add.s $f4, $f2, $f0
        check_left_to_software mul.s $f4, $f0, $f2
        check_left_to_software cvt.d.s $f4, $f0
        check_left_to_software cvt.w.s $f4, $f0
        set_fcsr 0
        c.lt.s  $f0, $f2
        check_fcsr FCSR_CONDITION
        mov.s   $f4, $f0
        check_single $f4, 0x80000001
        check_fcsr FCSR_CONDITION
        test_pass
