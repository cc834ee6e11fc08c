/* tlbwi keeps and tlbr brings back every bit of VPN, ASID, PFN, N, D, V and G, each alone and all
 * but that one; the other bits read 0. */
#include "isa/tests/test.h"

/* Writes \hi and \lo to entry 20, other values to 21, and reads 20 back. */
        .macro  check_entry hi, lo
        write_c0 \hi, CP0_ENTRYHI
        write_c0 \lo, CP0_ENTRYLO
        write_c0 $t5, CP0_INDEX
        nop
        tlbwi
        nop
        nor     $t0, \hi, $0
        write_c0 $t0, CP0_ENTRYHI
        nor     $t0, \lo, $0
        write_c0 $t0, CP0_ENTRYLO
        write_c0 $t6, CP0_INDEX
        nop
        tlbwi
        nop
        write_c0 $t5, CP0_INDEX
        nop
        tlbr
        nop
        get_c0  $v0, CP0_ENTRYHI
        get_c0  $v1, CP0_ENTRYLO
        li      $t0, ENTRYHI_MASK
        and     $t0, \hi, $t0
        check_same $v0, $t0
        li      $t0, ENTRYLO_MASK
        and     $t0, \lo, $t0
        check_same $v1, $t0
        .endm

        test_start
        li      $t5, 20 << INDEX_SHIFT
        li      $t6, 21 << INDEX_SHIFT
        li      $t1, 1
1:      lui     $t2, 0xc000             # kseg2: no access here finds it
        or      $t2, $t2, $t1
        nor     $t3, $t1, $0
        check_entry $t2, $t1
        check_entry $t3, $t3
        check_entry $t2, $t3
        sll     $t1, $t1, 1
        bnez    $t1, 1b
        nop                             # delay slot
        test_pass
