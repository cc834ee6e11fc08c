/* conformance 1.3, rule 3, with mfc0 in the place of either load: what the first brings is never
 * visible. */
#include "isa/tests/test.h"

        test_start
        la      $a0, memory
        li      $v0, 4
        read_c0 $v0, CP0_PRID
        lw      $v0, 0($a0)
        move    $v1, $v0                # the value before both
        move    $a1, $v0
        check_eq $v1, 4
        check_eq $a1, 0x11223344

        li      $t0, 0x00123000
        write_c0 $t0, CP0_ENTRYLO
        li      $v0, 4
        read_c0 $v0, CP0_PRID
        read_c0 $v0, CP0_ENTRYLO
        move    $v1, $v0
        move    $a1, $v0
        check_eq $v1, 4
        check_eq $a1, 0x00123000

/* Different registers do not meet. */
        li      $v0, 4
        li      $v1, 5
        lw      $v0, 0($a0)
        read_c0 $v1, CP0_ENTRYLO
        move    $a1, $v1                # load delay of mfc0
        check_eq $v0, 0x11223344
        check_eq $v1, 0x00123000
        check_eq $a1, 5
        test_pass

        .data
memory: .word   0x11223344
