/* Context.BadVPN is bits 30:12 of the address that missed, at bits 20:2: each bit alone, for a
 * load, a store and a fetch; bit 31 and the offset in the page are not in it. */
#include "isa/tests/test.h"

        test_start
        li      $t1, 0xa5400000
        write_c0 $t1, CP0_CONTEXT
        li      $t2, 12                 # the bit
next:   li      $t3, 1
        sllv    $a0, $t3, $t2           # the page
        srl     $t4, $a0, 10
        or      $t4, $t4, $t1           # what Context is to be
        lw      $v0, 0($a0)
        get_c0  $v0, CP0_CONTEXT
        check_same $v0, $t4
        write_c0 $t1, CP0_CONTEXT
        lw      $v0, 0($0)              # page 0
        get_c0  $v0, CP0_CONTEXT
        check_same $v0, $t1
        sb      $0, 0xfff($a0)
        get_c0  $v0, CP0_CONTEXT
        check_same $v0, $t4
        lw      $v0, 0($0)
        la      $s6, fetched
        addiu   $a1, $a0, 0xffc
        jr      $a1
        nop                             # delay slot
fetched:
        li      $s6, 0
        get_c0  $v0, CP0_CONTEXT
        check_same $v0, $t4
        lui     $a1, KSEG2_BASE >> 16
        or      $a0, $a0, $a1
        lw      $v0, 0xffc($a0)
        get_c0  $v0, CP0_CONTEXT
        lui     $a1, 0x10               # bit 30 of the address
        or      $t4, $t4, $a1
        check_same $v0, $t4
        addiu   $t2, $t2, 1
        sltiu   $v0, $t2, 31
        bnez    $v0, next
        nop                             # delay slot
        test_pass 6 * 19
