/* conformance 1.7: a TLB exception sets BadVAddr, Context.BadVPN and EntryHi.VPN, and leaves Index
 * and EntryLo alone. */
#include "isa/tests/test.h"

        test_start
        li      $t0, 0x2a00
        write_c0 $t0, CP0_INDEX
        get_c0  $t2, CP0_INDEX
        li      $t0, 0x12345700
        write_c0 $t0, CP0_ENTRYLO
        li      $t0, 0x40000000
        write_c0 $t0, CP0_CONTEXT
        li      $t1, 3 << ENTRYHI_ASID_SHIFT
        write_c0 $t1, CP0_ENTRYHI
        nop
        li      $a0, 0x5555a000
        lw      $v0, 0xabc($a0)
        get_c0  $v0, CP0_INDEX
        check_same $v0, $t2
        get_c0  $v0, CP0_ENTRYLO
        check_eq $v0, 0x12345700
        get_c0  $v0, CP0_CONTEXT
        check_eq $v0, 0x40000000 | (0x5555a << 2)
        get_c0  $v0, CP0_ENTRYHI
        check_eq $v0, 0x5555a000 | (3 << ENTRYHI_ASID_SHIFT)
        check_eq $s3, 0x5555aabc

/* Invalid and Mod do the same. */
        map     8, 0x00400000, 3, 0, 0
        map     9, 0x00401000, 3, 0, ENTRYLO_V
        li      $a0, 0x00400000
        sw      $v0, 0x10($a0)
        get_c0  $v0, CP0_ENTRYHI
        check_eq $v0, 0x00400000 | (3 << ENTRYHI_ASID_SHIFT)
        sw      $v0, 0x1010($a0)
        get_c0  $v0, CP0_ENTRYHI
        check_eq $v0, 0x00401000 | (3 << ENTRYHI_ASID_SHIFT)
        get_c0  $v0, CP0_CONTEXT
        check_eq $v0, 0x40000000 | (0x401 << 2)
        test_pass 3
