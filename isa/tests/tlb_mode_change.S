/* conformance 1.7: the mode counts at each access, however often the page was just used in the
 * other one: kseg0, kseg1 and kseg2 are the kernel's; a page of kuseg is there for both. */
#include "isa/tests/test.h"

        test_start
        map     8, 0x00400000, 0, code - KSEG0_BASE, ENTRYLO_V
        map     9, 0x00401000, 0, page - KSEG0_BASE, ENTRYLO_V | ENTRYLO_D
        map     10, 0xc0401000, 0, page - KSEG0_BASE, ENTRYLO_V | ENTRYLO_D
/* The page at a0. */
        .macro  kernels_only number
        lw      $v0, 0($a0)
        nop
        sw      $v0, 0($a0)
        check_eq $v0, 0x11111111
        li      $v0, 0
        run_user 0x00400000
        check_eq $s0, \number
        check_bits $s1, CAUSE_EXCCODE_MASK, EXC_ADEL << CAUSE_EXCCODE_SHIFT
        check_same $s3, $a0
        run_user 0x00400004
        check_eq $s0, \number + 1
        check_bits $s1, CAUSE_EXCCODE_MASK, EXC_ADES << CAUSE_EXCCODE_SHIFT
        check_eq $v0, 0
        lw      $v0, 0($a0)
        nop
        check_eq $v0, 0x11111111
        .endm
        la      $a0, page
        kernels_only 1
        lui     $t0, (KSEG1_BASE - KSEG0_BASE) >> 16
        addu    $a0, $a0, $t0
        kernels_only 3
        li      $a0, 0xc0401000
        kernels_only 5

/* Both modes: 1 more by user mode, then by the kernel. */
        li      $a0, 0x00401000
        lw      $v0, 0($a0)
        nop
        check_eq $v0, 0x11111111
        run_user 0x00400008
        check_eq $s0, 7
        check_bits $s1, CAUSE_EXCCODE_MASK, EXC_SYS << CAUSE_EXCCODE_SHIFT
        lw      $v0, 0($a0)
        nop
        check_eq $v0, 0x11111112

/* Code: the page that user mode ran a moment ago, then the kernel's own in user mode. */
        la      $s6, called
        li      $t0, 0x00400014
        jr      $t0
        nop                             # delay slot
called: check_eq $s0, 8
        check_bits $s1, CAUSE_EXCCODE_MASK, EXC_SYS << CAUSE_EXCCODE_SHIFT
        check_same $s2, $t0
        la      $s6, refused
        li      $t0, STATUS_KUP
        write_c0 $t0, CP0_STATUS
        nop
        rfe
next:   li      $v0, 0
refused:
        check_exception 9, EXC_ADEL, next
        check_address $s3, next
        test_pass 9

        .data
        .balign 4096
page:   .word   0x11111111
        .balign 4096
code:   lw      $v0, 0($a0)
        sw      $0, 0($a0)
        addiu   $v0, $v0, 1             # 8
        sw      $v0, 0($a0)
        nop
        syscall                         # 0x14
