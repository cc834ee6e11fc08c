/* conformance 1.6 and 1.7: the TLB that the boot PROM leaves matches no address: tlbp finds nothing
 * in kuseg and kseg2, in any address space, and TS is clear. */
#include "isa/tests/test.h"

        test_start
        li      $t1, 0                  # the address space
1:      li      $t2, 0                  # the page, in steps of 00fdf000
2:      li      $t0, 0xc0000000
        and     $t0, $t2, $t0
        lui     $t3, 0x8000
        beq     $t0, $t3, 3f            # kseg0 and kseg1: no translation looks there
        sll     $t3, $t1, ENTRYHI_ASID_SHIFT # delay slot
        or      $t3, $t3, $t2
        write_c0 $t3, CP0_ENTRYHI
        write_c0 $0, CP0_INDEX
        nop
        tlbp
        nop
        get_c0  $v0, CP0_INDEX
        check_bits $v0, INDEX_P, INDEX_P
3:      li      $t0, 0x00fdf000
        addu    $t3, $t2, $t0
        sltu    $t0, $t2, $t3
        bnez    $t0, 2b
        move    $t2, $t3                # delay slot
        addiu   $t1, $t1, 1
        sltiu   $t0, $t1, 64
        bnez    $t0, 1b
        nop                             # delay slot
        get_c0  $v0, CP0_STATUS
        check_bits $v0, STATUS_TS, 0
        lw      $v0, 0($0)
        check_eq $s0, 1
        check_eq $s5, VECTOR_UTLB & 0xffff
        test_pass 1
