/* Floating point end to end: loads, an addition in each format, stores. */
#include "isa/tests/fpu.h"

        fpu_start
        la      $a0, numbers
        lwc1    $f0, 0($a0)
        lwc1    $f2, 4($a0)
        nop
        add.s   $f4, $f0, $f2
        swc1    $f4, 24($a0)
        lw      $v0, 24($a0)
        nop
        check_eq $v0, 0x40600000        # 3.5

        lwc1    $f0, 8($a0)
        lwc1    $f1, 12($a0)
        lwc1    $f2, 16($a0)
        lwc1    $f3, 20($a0)
        nop
        add.d   $f4, $f0, $f2
        swc1    $f4, 24($a0)
        swc1    $f5, 28($a0)
        lw      $v0, 24($a0)
        lw      $v1, 28($a0)
        nop
        check_eq $v0, 0
        check_eq $v1, 0x400c0000        # 3.5
        check_fcsr 0
        test_pass

        .data
        .balign 8
numbers:
        .float  1.5, 2.0
        .double 1.5, 2.0
        .space  8
