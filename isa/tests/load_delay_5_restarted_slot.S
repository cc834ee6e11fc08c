/* conformance 1.3, rule 5: an instruction in a load's slot that faults is restarted with the loaded
 * value, although it read the old one before. */
#include "isa/tests/test.h"

        test_start
        la      $a0, memory
        li      $a1, 0x00400000
        la      $s6, missed
        li      $v0, 4
        lw      $v0, 0($a0)
slot:   sw      $v0, 0($a1)             # misses the first time
        la      $a2, page
        lw      $v1, 0($a2)
        nop
        check_eq $v1, 0x11223344        # would be 4 without the miss
        b       address
        nop                             # delay slot
missed: check_exception 1, EXC_TLBS, slot
        map     8, 0x00400000, 0, page - KSEG0_BASE, ENTRYLO_V | ENTRYLO_D
        restart

/* The address too: the old one faults, the loaded one does not. Nothing is repaired. */
address:
        la      $s6, once_more
        li      $a1, 0x00600000
        lw      $a1, 4($a0)
there:  lw      $v0, 0($a1)             # 00600000, then memory
        nop
        check_eq $v0, 0x11223344
        check_eq $s0, 2
        b       done
        nop                             # delay slot
once_more:
        check_exception 2, EXC_TLBL, there
        check_eq $s3, 0x00600000
        restart
done:
        test_pass 2

        .data
memory: .word   0x11223344, memory
        .balign 4096
page:   .word   0
