/* conformance 1.7: two entries for one page shut the TLB down and set Status.TS, which software
 * cannot clear; unmapped segments go on working. */
#include "isa/tests/test.h"

        test_start
        map     8, 0x00400000, 0, page_a - KSEG0_BASE, ENTRYLO_V
        get_c0  $v0, CP0_STATUS
        check_bits $v0, STATUS_TS, 0
        li      $a0, 0x00400000
        lw      $v0, 0($a0)             # one entry: no harm
        nop
        check_eq $v0, 0x11111111
        check_eq $s0, 0
        map     9, 0x00400000, 0, page_a - KSEG0_BASE, ENTRYLO_V
        lw      $v0, 0($a0)
        get_c0  $v0, CP0_STATUS
        check_bits $v0, STATUS_TS, STATUS_TS
        write_c0 $0, CP0_STATUS
        get_c0  $v0, CP0_STATUS
        check_bits $v0, STATUS_TS, STATUS_TS
        test_pass 1

        .data
        .balign 4096
page_a: .word   0x11111111
        .balign 4096
page_b: .word   0x22222222
        .balign 4096
