/* conformance 1.6: a bus error of a fetch and an interrupt leave BadVAddr, Context and EntryHi as
 * they are. */
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
        write_c0 $0, CP0_ENTRYHI
        li      $a0, 0x00555000
        lw      $v0, 4($a0)             # a miss
        check_untouched

        la      $s6, fetched
        li      $t0, ABSENT_KSEG1
        jr      $t0
        nop                             # delay slot
fetched:
        check_eq $s0, 2
        check_bits $s1, CAUSE_EXCCODE_MASK, EXC_IBE << CAUSE_EXCCODE_SHIFT
        check_untouched

        la      $s6, interrupted
        li      $t0, 0x100
        write_c0 $t0, CP0_CAUSE
        li      $t0, STATUS_IEP | 0x100
        write_c0 $t0, CP0_STATUS
        la      $t0, target
        jr      $t0
        rfe                             # delay slot
target: nop
interrupted:
        check_exception 3, EXC_INT, target
        check_untouched
        test_pass 3
