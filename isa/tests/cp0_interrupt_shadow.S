/* conformance 1.9 and 4: an interrupt that mtc0 enables is taken after at least one more
 * instruction, and mfc0 sees the new value at once. */
#include "isa/tests/test.h"

        test_start
        la      $s6, taken
        li      $v0, 0
        li      $t0, 0x200
        write_c0 $t0, CP0_CAUSE
        li      $t0, STATUS_IEC | 0x200
        write_c0 $t0, CP0_STATUS
        addiu   $v0, $v0, 1             # passes
        .rept   8
        addiu   $v0, $v0, 0             # interrupted at one of these
        .endr
        b       late
        nop                             # delay slot
taken:  check_eq $s0, 1
        check_bits $s1, CAUSE_EXCCODE_MASK, EXC_INT << CAUSE_EXCCODE_SHIFT
        check_eq $v0, 1

        li      $t0, STATUS_IM_MASK
        write_c0 $t0, CP0_STATUS
        read_c0 $v0, CP0_STATUS
        nop
        check_eq $v0, STATUS_IM_MASK
        b       done
        nop                             # delay slot
late:   check_eq $s0, 1
done:
        test_pass 1
