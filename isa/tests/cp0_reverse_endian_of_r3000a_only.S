/* Status.RE is of the R3000A: on the R3000 it reads 0, and user mode is not reversed. */
#include "isa/tests/test.h"

        test_start
        map     8, 0x00400000, 0, user - KSEG0_BASE, ENTRYLO_V
        li      $a0, 0x00400000
        la      $s6, back
        li      $t0, STATUS_RE | STATUS_KUP
        write_c0 $t0, CP0_STATUS
        get_c0  $v0, CP0_STATUS
        jr      $a0
        rfe                             # delay slot
back:   check_eq $v0, STATUS_KUP
        check_eq $s0, 1
        check_eq $v1, 0x0c
        test_pass 1

        .data
        .balign 4096
user:   lbu     $v1, 8($a0)
        nop
        syscall
