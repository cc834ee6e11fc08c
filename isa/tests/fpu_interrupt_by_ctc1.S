/* Writing a cause together with its enable raises the interrupt. ctc1 itself completes: the next
 * instruction is the first that is stopped. */
#include "isa/tests/fpu.h"

        fpu_start
        li      $t0, CAUSE_O | ENABLE_O
        li      $t1, CAUSE_O | ENABLE_V
        li      $t2, CAUSE_E
        let_fpu_interrupt stopped
        ctc1    $t1, $31                # another's enable: nothing
        nop
        ctc1    $t0, $31
next:   nop
        nop
stopped:
        check_exception 1, EXC_INT, next
        check_fcsr CAUSE_O | ENABLE_O

/* Unimplemented needs no enable. */
        set_fcsr 0
        let_fpu_interrupt again
        ctc1    $t2, $31
last:   nop
        nop
again:  check_exception 2, EXC_INT, last
        test_pass 2
