/* The shortest distances between CP0 instructions that kernels for the R3000 relied on are enough:
 * one instruction from mtc0 to tlbwi, tlbwr and tlbp, none from tlbp and tlbr to mfc0, one from
 * tlbwi to the data, and `tlbwr; jr; rfe` to a fetch (NetBSD locore_mips1.S, Linux tlbex.c). */
#include "isa/tests/test.h"

        test_start utlb=refill
        li      $t7, 0
        li      $a0, 0x00400000
        b       1f
        nop                             # delay slot

/* The handler of Linux: from mtc0 EntryLo one instruction to tlbwr, two more to the next fetch. */
refill: la      $k1, frame - KSEG0_BASE + (ENTRYLO_V | ENTRYLO_G)
        addiu   $t7, $t7, 1
        write_c0 $k1, CP0_ENTRYLO
        read_c0 $k1, CP0_EPC
        tlbwr
        jr      $k1
        rfe                             # delay slot

1:      lw      $v0, 0($a0)             # refilled and restarted
        nop
        check_eq $v0, 0x24020007
        check_eq $t7, 1
        li      $a1, 0x00401000
        la      $t1, fetched
        jr      $a1                     # the target is refilled
        nop                             # delay slot
fetched:
        check_eq $v0, 7
        check_eq $t7, 2

        li      $t0, 0x00402000
        la      $t1, frame - KSEG0_BASE + (ENTRYLO_V | ENTRYLO_G)
        li      $t2, 5 << INDEX_SHIFT
        write_c0 $t2, CP0_INDEX
        write_c0 $t1, CP0_ENTRYLO
        write_c0 $t0, CP0_ENTRYHI
        nop
        tlbwi
        nop
        lw      $v1, 0($t0)
        write_c0 $0, CP0_INDEX
        write_c0 $t0, CP0_ENTRYHI
        nop
        tlbp
        read_c0 $v0, CP0_INDEX
        nop
        check_eq $v0, 5 << INDEX_SHIFT
        check_eq $v1, 0x24020007
        write_c0 $0, CP0_ENTRYLO
        write_c0 $0, CP0_ENTRYHI
        tlbr
        read_c0 $v0, CP0_ENTRYLO
        read_c0 $v1, CP0_ENTRYHI
        nop
        check_same $v0, $t1
        check_eq $v1, 0x00402000
        check_eq $t7, 2
        test_pass

        .data
        .balign 4096
frame:  li      $v0, 7
        jr      $t1
        nop                             # delay slot
