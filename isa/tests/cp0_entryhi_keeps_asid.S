/* conformance 1.6, EntryHi: a TLB exception writes the VPN and keeps the ASID; an address error
 * changes neither. */
#include "isa/tests/test.h"

        test_start
        li      $t0, 0x12345000 | (0x2a << ENTRYHI_ASID_SHIFT)
        write_c0 $t0, CP0_ENTRYHI
        nop
        li      $a0, 0x00400000
        lw      $v0, 0x124($a0)
        get_c0  $v1, CP0_ENTRYHI
        check_eq $v1, 0x00400000 | (0x2a << ENTRYHI_ASID_SHIFT)
        li      $a0, 0x7fffe000
        sw      $v0, 0x124($a0)
        get_c0  $v1, CP0_ENTRYHI
        check_eq $v1, 0x7fffe000 | (0x2a << ENTRYHI_ASID_SHIFT)
        lw      $v0, 0x121($a0)
        li      $a0, 0x00500001
        lh      $v0, 0($a0)
        get_c0  $v1, CP0_ENTRYHI
        check_eq $v1, 0x7fffe000 | (0x2a << ENTRYHI_ASID_SHIFT)
        test_pass 4
