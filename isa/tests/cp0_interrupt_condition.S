/* conformance 1.6: an interrupt is taken iff IEc is set and an interrupt that IM lets through is
 * pending; EPC is the instruction that was not executed. */
#include "isa/tests/test.h"

        test_start
        li      $t0, 0x100              # software interrupt 0
        write_c0 $t0, CP0_CAUSE
        nop
/* IM without IEc */
        li      $t0, STATUS_IM_MASK
        write_c0 $t0, CP0_STATUS
        nop
        nop
        check_eq $s0, 0
/* IEc with the other IM */
        li      $t0, STATUS_IEC | (STATUS_IM_MASK & ~0x100)
        write_c0 $t0, CP0_STATUS
        nop
        nop
        check_eq $s0, 0
        write_c0 $0, CP0_STATUS
        nop
/* Both: taken where the interrupts go on, by rfe in the slot of a jump. */
        la      $s6, taken
        li      $t0, STATUS_IEP | 0x100
        write_c0 $t0, CP0_STATUS
        la      $t1, target
        jr      $t1
        rfe                             # delay slot
target: li      $v0, 1
taken:  check_exception 1, EXC_INT, target
        check_bits $s1, CAUSE_BD, 0
        check_bits $s4, 0xff3f, 0x100 | STATUS_IEP
/* Withdrawn before it is enabled */
        write_c0 $0, CP0_CAUSE
        li      $t0, STATUS_IEC | STATUS_IM_MASK
        write_c0 $t0, CP0_STATUS
        nop
        nop
        write_c0 $0, CP0_STATUS
        nop
        test_pass 1
