/* conformance 1.2: coprocessor 0 needs CU0 in user mode only; the others need their CU bit in
 * kernel mode too. Unusable comes before an address error of the same instruction. */
#include "isa/tests/test.h"

        test_start
one:    cfc1    $v0, $31
        check_exception 1, EXC_CPU, one
two:    swc2    $0, 1($0)               # misaligned
        check_exception 2, EXC_CPU, two
        check_bits $s1, CAUSE_CE_MASK, 2 << CAUSE_CE_SHIFT

/* Usable but absent: coprocessor 2 reads 0 and nothing traps. */
        li      $t0, STATUS_CU2
        write_c0 $t0, CP0_STATUS
        .rept   4
        nop
        .endr
        li      $v0, 42
        cfc2    $v0, $0
        nop
        check_eq $s0, 2
        check_eq $v0, 0
        write_c0 $0, CP0_STATUS

        map     8, 0x00400000, 0, code - KSEG0_BASE, ENTRYLO_V
        .macro  in_user_mode entry, number
        la      $s6, .Lback\@
        enter_user 0x00400000 + \entry
.Lback\@:
        check_eq $s0, \number
        check_bits $s1, CAUSE_EXCCODE_MASK | CAUSE_CE_MASK, EXC_CPU << CAUSE_EXCCODE_SHIFT
        .endm
        in_user_mode 0, 3
        in_user_mode 4, 4
        in_user_mode 8, 5
        in_user_mode 12, 6

/* With CU0 user mode may use it: only the syscall behind the mfc0 traps. */
        la      $s6, 1f
        li      $t0, STATUS_KUP | STATUS_CU0
        write_c0 $t0, CP0_STATUS
        li      $k0, 0x00400010
        jr      $k0
        rfe                             # delay slot
1:      check_eq $s0, 7
        check_bits $s1, CAUSE_EXCCODE_MASK, EXC_SYS << CAUSE_EXCCODE_SHIFT
        test_pass 7

        .data
        .balign 4096
code:   .word   0x40026000              # mfc0 $v0, Status
        .word   0xc0000000              # lwc0 $0, 0($0): ll of later processors
        .word   0x42000010              # rfe
        .word   0x42000002              # tlbwi
        .word   0x40026000              # mfc0 $v0, Status
        .word   0x0000000c              # syscall
