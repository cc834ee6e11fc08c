/* lwl and lwr bring bytes in and extend no sign: the other bytes of the register stay, at each
 * offset, whatever the highest bit of what is loaded. */
#include "isa/tests/test.h"

        .macro  check_load op, offset, address, before, after
        li      $v0, \before
        \op     $v0, \offset(\address)
        nop
        check_eq $v0, \after
        .endm

        test_start
        la      $a0, ones
        check_load lwl, 0, $a0, 0, 0xff000000
        check_load lwl, 1, $a0, 0, 0xffff0000
        check_load lwl, 2, $a0, 0, 0xffffff00
        check_load lwl, 3, $a0, 0, 0xffffffff
        check_load lwr, 0, $a0, 0, 0xffffffff
        check_load lwr, 1, $a0, 0, 0x00ffffff
        check_load lwr, 2, $a0, 0, 0x0000ffff
        check_load lwr, 3, $a0, 0, 0x000000ff
        addiu   $a1, $a0, 4             # zeros
        check_load lwl, 0, $a1, -1, 0x00ffffff
        check_load lwl, 1, $a1, -1, 0x0000ffff
        check_load lwl, 2, $a1, -1, 0x000000ff
        check_load lwl, 3, $a1, -1, 0x00000000
        check_load lwr, 0, $a1, -1, 0x00000000
        check_load lwr, 1, $a1, -1, 0xff000000
        check_load lwr, 2, $a1, -1, 0xffff0000
        check_load lwr, 3, $a1, -1, 0xffffff00
        test_pass

        .data
ones:   .word   0xffffffff, 0
