/* mfhi and mflo wait: right behind mult, multu, div and divu they have the new result, also in the
 * delay slot of a branch and in a handler. An exception does not stop what has been started. */
#include "isa/tests/test.h"

        .macro  first_low op, a, b, lo
        mthi    $0
        mtlo    $0
        .word   \op | (\a << 21) | (\b << 16)
        mflo    $v0
        check_eq $v0, \lo
        .endm
        .macro  first_high op, a, b, hi
        mthi    $0
        mtlo    $0
        .word   \op | (\a << 21) | (\b << 16)
        mfhi    $v0
        check_eq $v0, \hi
        .endm

        test_start
        li      $a0, 0xfffffff7         # -9
        li      $a1, 4
        first_low 0x18, 4, 5, -36       # mult
        first_high 0x18, 4, 5, -1
        first_low 0x19, 4, 5, -36       # multu
        first_high 0x19, 4, 5, 3
        first_low 0x1a, 4, 5, -2        # div
        first_high 0x1a, 4, 5, -1
        first_low 0x1b, 4, 5, 0x3ffffffd # divu
        first_high 0x1b, 4, 5, 3

        mtlo    $0
        mult    $a0, $a1
        b       1f
        mflo    $v0                     # delay slot
1:      check_eq $v0, -36
        b       2f
        mult    $a1, $a1                # delay slot
2:      mflo    $v0
        check_eq $v0, 16

        mtlo    $0
        mult    $a0, $a1
        syscall
        mflo    $v0
        check_eq $v0, -36
        b       3f
        div     $0, $a1, $a0            # delay slot
3:      lw      $v0, 1($0)              # misaligned
        mfhi    $v0
        check_eq $v0, 4
        test_pass 2
