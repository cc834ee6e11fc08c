/* conformance 1.6: exceptions within exceptions fill the three pairs of KU/IE: the third pushes the
 * first out. rfe, as often, goes back to user mode with interrupts on. */
#include "isa/tests/test.h"

        test_start
        map     8, 0x00400000, 0, code - KSEG0_BASE, ENTRYLO_V
/* User mode with interrupts on; none is let through. */
        la      $s6, first
        li      $t0, STATUS_KUP | STATUS_IEP
        write_c0 $t0, CP0_STATUS
        li      $t0, 0x00400000
        jr      $t0
        rfe                             # delay slot

first:  check_eq $s0, 1
        check_eq $s2, 0x00400000
        check_bits $s4, STATUS_KUIE_MASK, STATUS_KUP | STATUS_IEP
        la      $s6, second
        break
second: check_eq $s0, 2
        check_bits $s4, STATUS_KUIE_MASK, STATUS_KUO | STATUS_IEO
/* Back twice: the user's next instruction. */
        la      $s6, third
        li      $t0, 0x00400004
        rfe
        get_c0  $v0, CP0_STATUS
        check_eq $v0, STATUS_KUO | STATUS_IEO | STATUS_KUP | STATUS_IEP
        jr      $t0
        rfe                             # delay slot
third:  check_eq $s0, 3
        check_eq $s2, 0x00400004
/* rfe leaves the old pair as it is, the exception pushes it out. */
        check_bits $s4, STATUS_KUIE_MASK, STATUS_KUP | STATUS_IEP | STATUS_KUO | STATUS_IEO

        la      $s6, fourth
        break
fourth: la      $s6, fifth
        break
fifth:  check_eq $s0, 5
        check_bits $s4, STATUS_KUIE_MASK, 0 # the user's pair is lost
        test_pass 5

        .data
        .balign 4096
code:   syscall
        syscall
