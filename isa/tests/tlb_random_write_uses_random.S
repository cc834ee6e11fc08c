/* conformance 1.7: tlbwr writes the entry that Random shows at that moment. */
#include "isa/tests/test.h"

        test_start
        li      $t0, 0x00400000
        write_c0 $t0, CP0_ENTRYHI
        write_c0 $0, CP0_ENTRYLO
        read_c0 $v0, CP0_RANDOM
        tlbwr
        nop
        tlbp
        nop
        get_c0  $v1, CP0_INDEX
        li      $t0, 8 << RANDOM_SHIFT
        bne     $v0, $t0, 1f
        nop                             # delay slot
        li      $v0, 64 << RANDOM_SHIFT
1:      addiu   $v0, $v0, -(1 << RANDOM_SHIFT) # one step later
        check_same $v0, $v1
        test_pass
