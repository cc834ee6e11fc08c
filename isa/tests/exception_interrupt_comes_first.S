/* conformance 1.2: an interrupt comes before the faults of the instruction that it interrupts:
 * syscall, reserved, unusable, and a fetch that would fault. */
#include "isa/tests/test.h"

        test_start
        .macro  interrupted_before target, number
        la      $s6, .Lback\@
        li      $t0, 0x100
        write_c0 $t0, CP0_CAUSE
        li      $t0, STATUS_IEP | 0x100
        write_c0 $t0, CP0_STATUS
        la      $t1, \target
        jr      $t1
        rfe                             # delay slot
.Lback\@:
        write_c0 $0, CP0_CAUSE
        check_eq $s0, \number
        check_bits $s1, CAUSE_EXCCODE_MASK, EXC_INT << CAUSE_EXCCODE_SHIFT
        la      $t1, \target
        check_same $s2, $t1
        .endm
        interrupted_before trap, 1
        interrupted_before reserved, 2
        interrupted_before unusable, 3
        interrupted_before ABSENT_KSEG1, 4
        interrupted_before 0x00400000, 5
        interrupted_before 0x00400002, 6
        b       done
        nop                             # delay slot
trap:   syscall
reserved:.word   0x0000000f
unusable:mfc1    $v0, $f0
done:
        test_pass 6
