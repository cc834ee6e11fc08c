/* conformance 1.7: tlbwr never writes entries 0 to 7, and reaches all the others. */
#include "isa/tests/test.h"

        test_start
/* Mark the wired entries, write many others. */
        li      $t1, 7
1:      sll     $t0, $t1, INDEX_SHIFT
        write_c0 $t0, CP0_INDEX
        sll     $t0, $t1, 12
        lui     $t2, 0x8000
        or      $t0, $t0, $t2
        write_c0 $t0, CP0_ENTRYHI
        nop
        tlbwi
        bnez    $t1, 1b
        addiu   $t1, $t1, -1            # delay slot

        li      $t1, 600
        lui     $t0, 0x8100
2:      write_c0 $t0, CP0_ENTRYHI
        addiu   $t1, $t1, -1
        tlbwr
        bnez    $t1, 2b
        addiu   $t0, $t0, 0x1000        # delay slot: every entry differs

        li      $t1, 0
        li      $t3, 0                  # entries with a random page
3:      sll     $t0, $t1, INDEX_SHIFT
        write_c0 $t0, CP0_INDEX
        nop
        tlbr
        nop
        get_c0  $v0, CP0_ENTRYHI
        slti    $t2, $t1, 8
        beqz    $t2, 4f
        lui     $v1, 0x8000             # delay slot
        sll     $t0, $t1, 12
        or      $v1, $v1, $t0
        check_same $v0, $v1
        b       5f
        nop                             # delay slot
4:      srl     $v0, $v0, 24
        xori    $v0, $v0, 0x81
        sltiu   $v0, $v0, 1
        addu    $t3, $t3, $v0
5:      addiu   $t1, $t1, 1
        sltiu   $t2, $t1, 64
        bnez    $t2, 3b
        nop                             # delay slot
        check_eq $t3, 56
        test_pass
