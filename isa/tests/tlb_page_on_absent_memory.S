/* conformance 1.2, 1.6 and 1.7: a page mapped to a physical address where nothing is: a load raises
 * DBE, a fetch IBE, and BadVAddr, Context and EntryHi keep what the last TLB exception left. */
#include "isa/tests/test.h"

        .macro  check_untouched
        get_c0  $t1, CP0_BADVADDR
        check_eq $t1, 0x00555004
        get_c0  $t1, CP0_ENTRYHI
        check_eq $t1, 0x00555000
        get_c0  $t1, CP0_CONTEXT
        check_bits $t1, CONTEXT_BADVPN_MASK, 0x555 << 2
        .endm

        test_start
        map     8, 0x00400000, 0, ABSENT_KSEG1 & KSEG_MASK, ENTRYLO_V | ENTRYLO_D
        li      $a0, 0x00555000
        lw      $v0, 4($a0)             # a miss
        li      $v0, 42
        li      $a0, 0x00400000
load:   lw      $v0, 8($a0)
        nop
        check_exception 2, EXC_DBE, load
        check_eq $s5, VECTOR_GENERAL & 0xffff
        check_eq $v0, 42
        check_untouched

        la      $s6, fetch
        jr      $a0
        nop                             # delay slot
fetch:  check_eq $s0, 3
        check_bits $s1, CAUSE_EXCCODE_MASK | CAUSE_BD, EXC_IBE << CAUSE_EXCCODE_SHIFT
        check_same $s2, $a0
        check_eq $s5, VECTOR_GENERAL & 0xffff
        check_untouched
        test_pass 3
