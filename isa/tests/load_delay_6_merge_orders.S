/* conformance 1.3, rule 6: the merge with the value in flight in the other orders: lwr before lwl,
 * three in a row, lwl after mfc0 and after a load of a byte. */
#include "isa/tests/test.h"

        test_start
        la      $a0, memory
        li      $v0, 0xaabbccdd
        lwr     $v0, 1($a0)
        lwl     $v0, 4($a0)
        nop
        check_eq $v0, 0x88112233

        li      $v0, 0xaabbccdd
        lwr     $v0, 1($a0)
        lwl     $v0, 4($a0)
        move    $v1, $v0                # load delay of both: the value before both
        check_eq $v1, 0xaabbccdd

        li      $v0, 0xaabbccdd
        lwl     $v0, 4($a0)             # 88bbccdd
        lwr     $v0, 7($a0)             # 88bbcc55
        lwl     $v0, 1($a0)             # 3344cc55
        nop
        check_eq $v0, 0x3344cc55

        li      $t0, 0x00123000
        write_c0 $t0, CP0_ENTRYLO
        li      $v0, 0xaabbccdd
        read_c0 $v0, CP0_ENTRYLO
        lwl     $v0, 4($a0)
        nop
        check_eq $v0, 0x88123000

        li      $v0, 0xaabbccdd
        lbu     $v0, 0($a0)
        lwl     $v0, 4($a0)
        nop
        check_eq $v0, 0x88000044

/* A value in flight to another register is not merged with. */
        li      $v0, 0xaabbccdd
        lw      $v1, 0($a0)
        lwl     $v0, 4($a0)
        nop
        check_eq $v0, 0x88bbccdd
        check_eq $v1, 0x11223344
        test_pass

        .data
memory: .word   0x11223344, 0x55667788
