/* conformance 1.3 and 1.11: the instruction right after mtc1 or lwc1 reads the old value of the
 * register, and the one after mfc1 or cfc1 that of the general register. */
#include "isa/tests/fpu.h"

        fpu_start
        la      $a0, memory
        set_single $f0, 0x3f800000      # 1.0
        set_single $f2, 0x3f800000
        li      $t0, 0x40000000         # 2.0
        mtc1    $t0, $f0
        add.s   $f4, $f0, $f2           # 1.0 + 1.0
        add.s   $f6, $f0, $f2           # 2.0 + 1.0
        check_single $f4, 0x40000000
        check_single $f6, 0x40400000
/* A store is a reader too. */
        lwc1    $f0, 0($a0)
        swc1    $f0, 4($a0)
        swc1    $f0, 8($a0)
        lw      $v0, 4($a0)
        lw      $v1, 8($a0)
        nop
        check_eq $v0, 0x40000000
        check_eq $v1, 0x11223344
/* Rule 2: what the instruction in the slot writes stays. */
        set_single $f0, 0x3f800000
        mtc1    $t0, $f0
        mov.s   $f0, $f2
        nop
        check_single $f0, 0x3f800000
/* Rule 3: of two loads in a row the first is never seen. */
        li      $t1, 0x40400000
        mtc1    $t0, $f0
        mtc1    $t1, $f0
        mov.s   $f4, $f0
        check_single $f4, 0x3f800000
        check_single $f0, 0x40400000
/* Rule 5: an exception between the two lets the load complete. */
        mtc1    $t0, $f0
        syscall
        mov.s   $f4, $f0
        check_single $f4, 0x40000000
/* The other direction. */
        li      $v0, 5
        mfc1    $v0, $f0
        move    $v1, $v0
        check_eq $v1, 5
        check_eq $v0, 0x40000000
        li      $v0, 5
        cfc1    $v0, $0
        move    $v1, $v0
        check_eq $v1, 5
        check_eq $v0, FPU_R3010
        test_pass 1

        .data
memory: .word   0x11223344, 0, 0
