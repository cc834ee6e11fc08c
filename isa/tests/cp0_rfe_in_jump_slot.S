/* conformance 1.6: `jr k0; rfe` changes the mode for the fetch of the target: a kernel address
 * there is an address error, and one in kuseg is executed. */
#include "isa/tests/test.h"

        test_start
        la      $s6, faulted
        li      $t0, STATUS_KUP
        write_c0 $t0, CP0_STATUS
        la      $k0, kernel_address
        jr      $k0
        rfe                             # delay slot
kernel_address:
        li      $v0, 1
faulted:
        check_exception 1, EXC_ADEL, kernel_address
        check_address $s3, kernel_address
        check_bits $s4, STATUS_KUP | STATUS_KUC, STATUS_KUP

        map     8, 0x00400000, 0, page - KSEG0_BASE, ENTRYLO_V
        la      $s6, called
        enter_user 0x00400000
called: check_eq $s0, 2
        check_bits $s1, CAUSE_EXCCODE_MASK, EXC_SYS << CAUSE_EXCCODE_SHIFT
        check_eq $s2, 0x00400000
        test_pass 2

        .data
        .balign 4096
page:   syscall
