/* conformance 1.1 and 1.4: the six conditions at their edges, and the partial decoding of REGIMM:
 * any rt is a branch, bit 16 chooses gez, it links iff the rest is 1000. */
#include "isa/tests/test.h"

        test_start
        li      $v0, 0
        li      $t0, -1
        li      $t1, 0x7fffffff
        blez    $0, 1f
        ori     $v0, $v0, 0             # delay slot
        ori     $v0, $v0, 1
1:      bgtz    $0, 1f
        nop                             # delay slot
        ori     $v0, $v0, 2
1:      bltz    $0, 1f
        nop                             # delay slot
        ori     $v0, $v0, 4
1:      bgez    $0, 1f
        nop                             # delay slot
        ori     $v0, $v0, 8
1:      bltz    $t0, 1f
        nop                             # delay slot
        ori     $v0, $v0, 0x10
1:      bgtz    $t1, 1f
        nop                             # delay slot
        ori     $v0, $v0, 0x20
1:      blez    $t1, 1f
        nop                             # delay slot
        ori     $v0, $v0, 0x40
1:
        check_eq $v0, 0x46

/* rt = 0x12: ltz without a link; 0x03: gez without a link. Both skip the next word but one. */
        li      $ra, 0
        li      $v0, 0
        .word   0x05120002              # $t0, rt = 0x12
        nop
        ori     $v0, $v0, 1
        .word   0x05230002              # $t1, rt = 0x03
        nop
        ori     $v0, $v0, 2
        check_eq $v0, 0
        check_eq $ra, 0
        test_pass
