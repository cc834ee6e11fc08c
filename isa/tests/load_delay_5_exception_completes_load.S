/* conformance 1.3, rule 5: an exception or interrupt between a load and its delay slot lets the
 * load complete: the handler and the restarted instruction see the new value. */
#include "isa/tests/test.h"

        test_start
        la      $a0, memory
        li      $v0, 4
        lw      $v0, 0($a0)
trap:   syscall
        check_exception 1, EXC_SYS, trap
        check_eq $v0, 0x11223344

/* A software interrupt that is taken right after the load: mtc0 lets one instruction pass. */
        la      $s6, interrupted
        li      $v0, 4
        li      $v1, 0
        li      $t0, STATUS_IEC | 0x100
        write_c0 $t0, CP0_STATUS
        li      $t0, 0x100
        write_c0 $t0, CP0_CAUSE
        lw      $v0, 0($a0)
slot:   move    $v1, $v0                # not executed: the interrupt comes first
        li      $s7, 1
interrupted:
        check_exception 2, EXC_INT, slot
        check_eq $v0, 0x11223344
        check_eq $v1, 0
        test_pass 2

        .data
memory: .word   0x11223344
