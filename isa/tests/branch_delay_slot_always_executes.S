/* conformance 1.4: exactly one delay slot, executed whether the branch is taken or not; the
 * condition is that before the slot. */
#include "isa/tests/test.h"

        test_start
        li      $v0, 0
        li      $t0, 1
        beq     $t0, $0, 1f             # not taken
        addiu   $v0, $v0, 1             # delay slot
        addiu   $v0, $v0, 2
1:
        check_eq $v0, 3

        li      $v0, 0
        bne     $t0, $0, 1f             # taken
        addiu   $v0, $v0, 1             # delay slot
        addiu   $v0, $v0, 2
1:
        check_eq $v0, 1

        li      $t0, 0
        li      $v0, 0
        bnez    $t0, 1f                 # not taken: the slot comes too late
        li      $t0, 1                  # delay slot
        li      $v0, 5
1:
        check_eq $v0, 5
        check_eq $t0, 1
        test_pass
