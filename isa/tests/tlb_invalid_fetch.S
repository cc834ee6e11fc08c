/* conformance 1.7: a fetch from a page with V = 0 raises TLBL at the general vector, from kernel
 * and user mode; EPC and BadVAddr are the address. Once the page is valid the fetch goes on. */
#include "isa/tests/test.h"

        test_start
        map     8, 0x00400000, 0, code - KSEG0_BASE, ENTRYLO_D
        la      $s6, kernel
        li      $t0, 0x00400004
        jr      $t0
        nop                             # delay slot
kernel: li      $s6, 0
        check_eq $s0, 1
        check_bits $s1, CAUSE_EXCCODE_MASK | CAUSE_BD, EXC_TLBL << CAUSE_EXCCODE_SHIFT
        check_same $s2, $t0
        check_same $s3, $t0
        check_eq $s5, VECTOR_GENERAL & 0xffff

        run_user 0x00400004
        check_eq $s0, 2
        check_bits $s1, CAUSE_EXCCODE_MASK | CAUSE_BD, EXC_TLBL << CAUSE_EXCCODE_SHIFT
        check_eq $s3, 0x00400004
        check_eq $s5, VECTOR_GENERAL & 0xffff
        map     8, 0x00400000, 0, code - KSEG0_BASE, ENTRYLO_V
        la      $s6, called
        restart
called: check_eq $s0, 3
        check_bits $s1, CAUSE_EXCCODE_MASK, EXC_SYS << CAUSE_EXCCODE_SHIFT
        check_eq $s2, 0x00400004
        test_pass 3

        .data
        .balign 4096
code:   nop
        syscall
