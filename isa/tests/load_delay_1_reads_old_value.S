/* conformance 1.3, rule 1: the instruction right after a load, or after mfc0, reads the old value
 * of the register. */
#include "isa/tests/test.h"

        test_start
        la      $a0, memory
        li      $v0, 4
        lw      $v0, 0($a0)
        move    $v1, $v0                # load delay: the old value
        move    $a1, $v0
        check_eq $v1, 4
        check_eq $a1, 0x11223344

        li      $v0, 4
        lbu     $v0, 3($a0)
        move    $v1, $v0
        move    $a1, $v0
        check_eq $v1, 4
        check_eq $a1, 0x11

        li      $v0, 4
        read_c0 $v0, CP0_STATUS
        move    $v1, $v0
        move    $a1, $v0
        check_eq $v1, 4
        check_eq $a1, 0

/* A store in the slot stores the old value; an address in the slot is the old address. */
        li      $v0, 4
        lw      $v0, 0($a0)
        sw      $v0, 4($a0)
        lw      $v1, 4($a0)
        nop
        check_eq $v1, 4
        move    $a2, $a0
        lw      $a2, 8($a0)
        lw      $v1, 0($a2)             # load delay: the old address
        nop
        check_eq $v1, 0x11223344
        test_pass

        .data
memory: .word   0x11223344, 0, memory
