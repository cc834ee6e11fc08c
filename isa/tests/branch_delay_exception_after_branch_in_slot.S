/* conformance 1.4: the first target of a branch with a branch in its slot is the slot of the second
 * one: an exception there names the second branch, which is not the instruction before it in
 * memory. */
#include "isa/tests/test.h"

        test_start
        la      $s6, called
        li      $v0, 0
        b       first
second: b       first                   # delay slot
        nop
        li      $v0, 1
first:  syscall                         # delay slot of second
        li      $v0, 2
called: check_slot_exception 1, EXC_SYS, second
        check_eq $v0, 0

/* Restarted there, the second branch alone is executed again, with its own slot. */
        la      $s6, again
        restart
again:  check_exception 2, EXC_SYS, first
        check_bits $s1, CAUSE_BD, 0
        test_pass 2
