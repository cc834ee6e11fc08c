/* conformance 1.6: a device interrupts a loop in user mode: EPC is in the loop, the handler runs in
 * kernel mode with interrupts off, and rfe goes back to user mode with interrupts on. */
#include "isa/tests/test.h"
#include "isa/tests/find_timer.h"

        test_start
        find_timer
        map     8, 0x00400000, 0, code - KSEG0_BASE, ENTRYLO_V
        la      $s6, taken
        li      $v0, 0
        ori     $t4, $t9, STATUS_IEP | STATUS_KUP
        write_c0 $t4, CP0_STATUS
        li      $t0, TIMER_INTERRUPT
        sw      $t0, TIMER_CONTROL($t8)
        sw      $0, TIMER_STATUS($t8)
        li      $t0, 4
        sw      $t0, TIMER_INTERVAL($t8)
        li      $t1, 0x00400000
        jr      $t1
        rfe                             # delay slot

taken:  check_eq $s0, 1
        check_bits $s1, CAUSE_EXCCODE_MASK, EXC_INT << CAUSE_EXCCODE_SHIFT
        check_eq $s2, 0x00400000        # the branch, whichever of the two was interrupted
        check_bits $s4, STATUS_KUIE_MASK, STATUS_KUP | STATUS_IEP
        and     $t0, $s1, $t9
        check_same $t0, $t9
        sw      $0, TIMER_STATUS($t8)
        li      $v0, 1                  # ends the loop
        la      $s6, called
        restart

called: check_eq $s0, 2
        check_bits $s1, CAUSE_EXCCODE_MASK, EXC_SYS << CAUSE_EXCCODE_SHIFT
        check_eq $s2, 0x00400008
        check_bits $s4, STATUS_KUIE_MASK, STATUS_KUP | STATUS_IEP
        test_pass 2

        .data
        .balign 4096
code:   beqz    $v0, code
        nop                             # delay slot
        syscall
