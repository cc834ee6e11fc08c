/* The causes are those of the last operation, the flags gather, moves touch neither; a trap sets no
 * flags. */
#include "isa/tests/fpu.h"

        fpu_start
        set_single $f0, 0x3f800000      # 1
        set_single $f2, 0x40400000      # 3
        set_single $f6, 0
        div.s   $f4, $f0, $f6
        check_single $f4, 0x7f800000
        check_fcsr CAUSE_Z | FLAG_Z
        mov.s   $f8, $f4
        check_fcsr CAUSE_Z | FLAG_Z
        div.s   $f4, $f0, $f2
        check_single $f4, 0x3eaaaaab
        check_fcsr CAUSE_I | FLAG_Z | FLAG_I
        add.s   $f4, $f0, $f2
        check_fcsr FLAG_Z | FLAG_I
        set_fcsr FLAG_Z | ENABLE_I
        div.s   $f4, $f0, $f2
        check_fcsr CAUSE_I | FLAG_Z | ENABLE_I
        check_single $f4, 0x40800000    # still the sum
/* Two causes, one of them enabled. */
        set_single $f10, 0x7f000000
        set_fcsr ENABLE_O
        mul.s   $f4, $f10, $f10
        check_fcsr CAUSE_O | CAUSE_I | ENABLE_O
        check_single $f4, 0x40800000
        test_pass
