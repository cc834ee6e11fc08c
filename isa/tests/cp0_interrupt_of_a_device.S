/* conformance 1.6: an interrupt on a pin is taken iff IEc is set and IM has the bit of that pin:
 * each other bit of IM alone does not let it through. */
#include "isa/tests/test.h"
#include "isa/tests/find_timer.h"

        test_start
        find_timer
        expire_timer
        li      $t3, 0x8000             # the bit of IM
1:      beq     $t3, $t9, 2f
        ori     $t4, $t3, STATUS_IEC    # delay slot
        write_c0 $t4, CP0_STATUS
        .rept   6
        nop
        .endr
        write_c0 $0, CP0_STATUS
        nop
        check_eq $s0, 0
2:      srl     $t3, $t3, 1
        sltiu   $t4, $t3, 0x100
        beqz    $t4, 1b
        nop                             # delay slot

/* Its own bit without IEc. */
        write_c0 $t9, CP0_STATUS
        .rept   6
        nop
        .endr
        check_eq $s0, 0

        la      $s6, taken
        ori     $t4, $t9, STATUS_IEP
        write_c0 $t4, CP0_STATUS
        la      $t1, target
        jr      $t1
        rfe                             # delay slot
target: li      $v0, 1
        li      $v0, 2
taken:  write_c0 $0, CP0_STATUS
        check_exception 1, EXC_INT, target
        check_bits $s1, CAUSE_BD, 0
        and     $v0, $s1, $t9
        check_same $v0, $t9
        check_eq $s5, VECTOR_GENERAL & 0xffff
        test_pass 1
