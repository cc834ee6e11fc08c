/* conformance 1.11: bc1 needs one instruction after the comparison; right behind it, it sees the old
 * condition. After ctc1 it needs two. */
#include "isa/tests/fpu.h"

        fpu_start
        set_single $f0, 0x3f800000
        set_single $f2, 0x40000000
        c.lt.s  $f0, $f2
        nop
        li      $v0, 0
        c.lt.s  $f2, $f0                # false from now on
        bc1t    1f                      # still true
        nop
        li      $v0, 1
1:      check_eq $v0, 0
        bc1t    2f                      # false
        nop
        li      $v0, 1
2:      check_eq $v0, 1

        c.eq.s  $f0, $f0
        nop
        bc1f    3f
        nop
        li      $v0, 2
3:      check_eq $v0, 2

/* An exception in between gives it time. */
        c.eq.s  $f0, $f2
        syscall
        bc1f    4f
        nop
        li      $v0, 3
4:      check_eq $v0, 2

        li      $t0, FCSR_CONDITION
        ctc1    $t0, $31
        bc1t    5f                      # still false
        nop
        li      $v0, 4
5:      check_eq $v0, 4
        ctc1    $0, $31
        nop
        bc1t    6f                      # still true
        nop
        li      $v0, 5
6:      check_eq $v0, 4
        ctc1    $t0, $31
        nop
        nop
        bc1t    7f
        nop
        li      $v0, 6
7:      check_eq $v0, 4
        check_fcsr FCSR_CONDITION
        test_pass 1
