/* conformance 1.7: loads and stores of user mode in kuseg: a hit, a refill through the UTLB vector
 * and its restart, an invalid page, Mod. */
#include "isa/tests/test.h"

#define CODE 0x00400000
#define DATA 0x00401000
#define READ_ONLY 0x00402000
#define INVALID 0x00403000
#define UNMAPPED 0x7fffe000

        .macro  check_user_fault count, epc, exception, vector, address
        check_eq $s0, \count
        check_bits $s1, CAUSE_EXCCODE_MASK | CAUSE_BD, \exception << CAUSE_EXCCODE_SHIFT
        check_eq $s2, CODE + \epc
        check_eq $s3, \address
        check_bits $s4, STATUS_KUIE_MASK, STATUS_KUP
        check_eq $s5, \vector & 0xffff
        .endm

        test_start
        map     8, CODE, 0, code - KSEG0_BASE, ENTRYLO_V
        map     9, DATA, 0, page - KSEG0_BASE, ENTRYLO_V | ENTRYLO_D
        map     10, READ_ONLY, 0, page - KSEG0_BASE, ENTRYLO_V
        map     11, INVALID, 0, page - KSEG0_BASE, ENTRYLO_D
        li      $a0, DATA
        li      $a1, READ_ONLY
        li      $a2, INVALID
        li      $a3, UNMAPPED
        run_user CODE
        check_user_fault 1, 0x10, EXC_TLBL, VECTOR_UTLB, UNMAPPED + 4
        check_eq $v0, 0x11111111
        check_eq $v1, 0x11111111        # stored and loaded again
        map     12, UNMAPPED, 0, page - KSEG0_BASE, ENTRYLO_V
        la      $s6, called
        restart                         # rfe goes back to user mode
called: check_eq $s0, 2
        check_bits $s1, CAUSE_EXCCODE_MASK, EXC_SYS << CAUSE_EXCCODE_SHIFT
        check_eq $s2, CODE + 0x18
        check_bits $s4, STATUS_KUIE_MASK, STATUS_KUP
        check_eq $t2, 0x11111111
        map     12, 0x7fff0000, 0, page - KSEG0_BASE, ENTRYLO_V # no longer at UNMAPPED
        run_user CODE + 0x1c
        check_user_fault 3, 0x1c, EXC_MOD, VECTOR_GENERAL, READ_ONLY + 8
        run_user CODE + 0x20
        check_user_fault 4, 0x20, EXC_TLBL, VECTOR_GENERAL, INVALID + 8
        run_user CODE + 0x24
        check_user_fault 5, 0x24, EXC_TLBS, VECTOR_GENERAL, INVALID + 12
        run_user CODE + 0x28
        check_user_fault 6, 0x28, EXC_TLBS, VECTOR_UTLB, UNMAPPED + 16
        test_pass 6

        .data
        .balign 4096
page:   .word   0x11111111, 0
        .balign 4096
code:   lw      $v0, 0($a0)
        nop
        sw      $v0, 4($a0)
        lw      $v1, 4($a0)
        lw      $t2, 4($a3)             # 0x10
        nop
        syscall                         # 0x18
        sw      $v0, 8($a1)             # 0x1c
        lw      $v0, 8($a2)             # 0x20
        sw      $v0, 12($a2)            # 0x24
        sh      $v0, 16($a3)            # 0x28
