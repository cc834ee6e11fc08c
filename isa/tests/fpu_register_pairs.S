/* A double is an even register, its low word, and the next one. Arithmetic on an odd number is not
 * defined by the manual; here the low bit counts for nothing. */
#include "isa/tests/fpu.h"

        fpu_start
        set_double $f0, $f1, 0x3ff00000, 0x00000001
        set_double $f2, $f3, 0x40000000, 0x00000000
        mov.d   $f4, $f0
        check_double $f4, $f5, 0x3ff00000, 0x00000001
        mul.d   $f6, $f0, $f2
        check_double $f6, $f7, 0x40000000, 0x00000001
/* A single's result leaves the odd register as it is. */
        set_single $f8, 0x3f800000
        set_single $f9, 0x12345678
        add.s   $f8, $f8, $f8
        check_double $f8, $f9, 0x12345678, 0x40000000
        cvt.w.s $f8, $f8
        check_double $f8, $f9, 0x12345678, 2
/* Odd numbers: add.d $f6,$f0,$f2 and mov.s $f6,$f8 with all low bits set. */
        .word   0x462309c0              # add.d $f7, $f1, $f3
        check_double $f6, $f7, 0x40080000, 0x00000000
        .word   0x46004986              # mov.s $f6, $f9
        check_double $f6, $f7, 0x40080000, 2
        test_pass
