/* conformance 1.7: tlbwr over an entry in use: the page that it mapped is no longer mapped, for
 * data and for the code that executes the tlbwr. Loops until Random hits the entry. */
#include "isa/tests/test.h"

        test_start
        map     20, 0x00400000, 0, page - KSEG0_BASE, ENTRYLO_V
        li      $a0, 0x00400000
        li      $t0, 0x01000000         # other pages, a new one for each write
        li      $t1, 500                # writes at most
        write_c0 $0, CP0_ENTRYLO
        li      $t2, 20 << INDEX_SHIFT
        write_c0 $t2, CP0_INDEX
data:   write_c0 $t0, CP0_ENTRYHI
        lw      $v0, 0($a0)             # in use
        tlbwr
        nop
        tlbr                            # entry 20
        nop
        get_c0  $v1, CP0_ENTRYHI
        beq     $v1, $a0, kept
        nop                             # delay slot
        check_same $v1, $t0             # replaced by this write
gone:   lw      $v0, 0($a0)
        nop
        check_exception 1, EXC_TLBL, gone
        check_eq $s5, VECTOR_UTLB & 0xffff
        b       code
        nop                             # delay slot
kept:   write_c0 $0, CP0_ENTRYLO        # tlbr changed it
        check_eq $v0, 0x11111111
        check_eq $s0, 0
        addiu   $t1, $t1, -1
        bnez    $t1, data
        addiu   $t0, $t0, 0x1000        # delay slot
        check_eq $t1, 1                 # entry 20 was never hit

code:   map     30, 0x00410000, 0, loop - KSEG0_BASE, ENTRYLO_V
        write_c0 $0, CP0_ENTRYLO
        la      $t9, too_late
        la      $s6, missed
        li      $t0, 0x01400000
        li      $t1, 500
        li      $t2, 0x00410000
        jr      $t2
        nop                             # delay slot
too_late:
        check_eq $t1, -1
missed: check_eq $s0, 2
        check_bits $s1, CAUSE_EXCCODE_MASK, EXC_TLBL << CAUSE_EXCCODE_SHIFT
        check_same $s2, $s3
        check_bits $s3, ENTRYHI_VPN_MASK, 0x00410000
        check_eq $s5, VECTOR_UTLB & 0xffff
        li      $t2, 30 << INDEX_SHIFT
        write_c0 $t2, CP0_INDEX
        nop
        tlbr
        nop
        get_c0  $v0, CP0_ENTRYHI
        check_same $v0, $t0             # the last that the loop wrote
        test_pass 2

        .data
        .balign 4096
page:   .word   0x11111111
        .balign 4096
loop:   addiu   $t0, $t0, 0x1000
        mtc0    $t0, $CP0_ENTRYHI
        addiu   $t1, $t1, -1
        tlbwr
        nop
        nop
        nop
        nop
        bnez    $t1, loop
        nop                             # delay slot
        jr      $t9
        nop                             # delay slot
