/* conformance 1.6: an exception pushes (0,0) on the stack of KU/IE pairs; rfe pops it and leaves
 * the old pair unchanged; neither touches the CU bits. */
#include "isa/tests/test.h"

        test_start
/* c = kernel/off, p = user/on, o = user/off */
        li      $t0, STATUS_CU0 | STATUS_CU1 | STATUS_KUP | STATUS_IEP | STATUS_KUO
        write_c0 $t0, CP0_STATUS
        nop
        la      $s6, 1f
        syscall
1:      li      $s6, 0
        check_eq $s4, STATUS_CU0 | STATUS_CU1 | STATUS_KUO | STATUS_IEO

/* c = kernel/off, p = kernel/on, o = user/off: interrupts on, but none is let through. */
        li      $t0, STATUS_CU0 | STATUS_IEP | STATUS_KUO
        write_c0 $t0, CP0_STATUS
        nop
        rfe
        get_c0  $v0, CP0_STATUS
        check_eq $v0, STATUS_CU0 | STATUS_IEC | STATUS_KUP | STATUS_KUO
        write_c0 $0, CP0_STATUS
        nop
        test_pass 1
