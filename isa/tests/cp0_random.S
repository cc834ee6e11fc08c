/* conformance 1.6 and 1.7, Random: counts down within 63..8, cannot be written, other bits read
 * 0. */
#include "isa/tests/test.h"

        test_start
/* Enough steps to go round, an odd number apart. */
        li      $t0, 200
        li      $t1, 63                 # lowest seen
        li      $t2, 8                  # highest seen
1:      get_c0  $v0, CP0_RANDOM
        andi    $v1, $v0, INDEX_MASK
        bne     $v0, $v1, stray_bits
        srl     $v0, $v0, RANDOM_SHIFT  # delay slot
        slt     $v1, $v0, $t1
        beqz    $v1, 2f
        slt     $v1, $t2, $v0           # delay slot
        move    $t1, $v0
2:      beqz    $v1, 3f
        addiu   $t0, $t0, -1            # delay slot
        move    $t2, $v0
3:      bnez    $t0, 1b
        nop                             # delay slot
        check_eq $t1, RANDOM_LOW
        check_eq $t2, RANDOM_HIGH

        read_c0 $v0, CP0_RANDOM
        read_c0 $v1, CP0_RANDOM
        read_c0 $a0, CP0_RANDOM
        nop
        subu    $v1, $v0, $v1
        subu    $a0, $v0, $a0
        li      $t0, 1 << RANDOM_SHIFT
        beq     $v1, $t0, 4f            # no wrap between the first two
        li      $t1, -55 << RANDOM_SHIFT # delay slot
        check_same $v1, $t1
4:      li      $t0, -1
        write_c0 $t0, CP0_RANDOM
        get_c0  $v0, CP0_RANDOM
        check_bits $v0, ~INDEX_MASK, 0
        b       done
        nop                             # delay slot
stray_bits:
        li      $t0, 1
        check_eq $t0, 0
done:
        test_pass
