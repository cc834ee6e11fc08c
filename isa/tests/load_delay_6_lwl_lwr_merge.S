/* conformance 1.3, rule 6: lwl and lwr merge with the value in flight to their register, so a pair
 * needs no nop; an ordinary reader between them sees the value before both. */
#include "isa/tests/test.h"

        test_start
        la      $a0, memory
        li      $v0, 0xaabbccdd
        lwl     $v0, 4($a0)
        nop
        check_eq $v0, 0x88bbccdd

        li      $v0, 0xaabbccdd
        lwl     $v0, 4($a0)
        lwr     $v0, 1($a0)
        nop
        check_eq $v0, 0x88112233

        li      $v0, 0xaabbccdd
        lwl     $v0, 4($a0)
        lwr     $v0, 5($a0)
        nop
        check_eq $v0, 0x88556677

        lw      $v0, 8($a0)
        lwr     $v0, 1($a0)
        nop
        check_eq $v0, 0xaa112233

        li      $v0, 0xaabbccdd
        lwl     $v0, 4($a0)
        move    $v1, $v0                # load delay: the old value
        nop
        check_eq $v1, 0xaabbccdd

        li      $v0, 0xaabbccdd
        lwl     $v0, 4($a0)
        lwr     $v0, 1($a0)
        move    $v1, $v0                # load delay of both: the value before both
        check_eq $v1, 0xaabbccdd
        check_eq $v0, 0x88112233

/* After mfc0 to the same register too. */
        li      $v0, 0xaabbccdd
        read_c0 $v0, CP0_STATUS
        lwr     $v0, 1($a0)
        nop
        check_eq $v0, 0x00112233
        test_pass

        .data
memory: .word   0x11223344, 0x55667788, 0xaabbccdd
