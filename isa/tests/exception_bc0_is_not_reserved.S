/* bc0f and bc0t are instructions: never reserved. In user mode without CU0 they are unusable, with
 * it they branch as in kernel mode. */
#include "isa/tests/test.h"

        test_start
        bc0f    wrong
        nop                             # delay slot
        bc0t    1f
        nop                             # delay slot
wrong:  li      $s0, -1
1:      check_eq $s0, 0

        map     8, 0x00400000, 0, user - KSEG0_BASE, ENTRYLO_V
        run_user 0x00400000
        check_eq $s0, 1
        check_bits $s1, CAUSE_EXCCODE_MASK | CAUSE_CE_MASK, EXC_CPU << CAUSE_EXCCODE_SHIFT
        run_user 0x00400008
        check_eq $s0, 2
        check_bits $s1, CAUSE_EXCCODE_MASK | CAUSE_CE_MASK, EXC_CPU << CAUSE_EXCCODE_SHIFT

        la      $s6, back
        li      $t0, STATUS_KUP | STATUS_CU0
        write_c0 $t0, CP0_STATUS
        li      $t0, 0x00400000
        jr      $t0
        rfe                             # delay slot
back:   check_eq $s0, 3
        check_bits $s1, CAUSE_EXCCODE_MASK, EXC_SYS << CAUSE_EXCCODE_SHIFT
        check_eq $s2, 0x00400014
        test_pass 3

        .data
        .balign 4096
user:   bc0f    1f
        nop                             # delay slot
        bc0t    2f
        nop                             # delay slot
1:      break
2:      syscall
