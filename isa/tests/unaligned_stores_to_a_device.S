/* conformance 1.2 and 1.3: swl and swr that cover a whole word are word accesses on the bus. Of
 * part of a word they are narrower ones: registers that take words only lose them, and since the
 * write is buffered there is no exception. */
#include "isa/tests/test.h"
#include "isa/tests/find_timer.h"

        .macro  check_control value
        lw      $v1, TIMER_CONTROL($t8)
        nop
        check_eq $v1, \value
        .endm

        test_start
        find_timer
        li      $v0, TIMER_PERIODIC
        swr     $v0, TIMER_CONTROL($t8)
        check_control TIMER_PERIODIC
        swl     $0, TIMER_CONTROL + 3($t8)
        check_control 0
        li      $v0, -1
        swl     $v0, TIMER_CONTROL($t8)
        swl     $v0, TIMER_CONTROL + 1($t8)
        swl     $v0, TIMER_CONTROL + 2($t8)
        swr     $v0, TIMER_CONTROL + 1($t8)
        swr     $v0, TIMER_CONTROL + 2($t8)
        swr     $v0, TIMER_CONTROL + 3($t8)
        sb      $v0, TIMER_CONTROL($t8)
        sh      $v0, TIMER_CONTROL($t8)
        check_control 0
        sw      $v0, TIMER_CONTROL($t8)
        check_control TIMER_PERIODIC | TIMER_INTERRUPT

/* lwl and lwr read the whole word. */
        li      $v0, 0
        lwr     $v0, TIMER_CONTROL($t8)
        nop
        check_eq $v0, TIMER_PERIODIC | TIMER_INTERRUPT
        lwl     $v0, TIMER_CONTROL($t8)
        nop
        check_eq $v0, ((TIMER_PERIODIC | TIMER_INTERRUPT) << 24) | TIMER_PERIODIC | TIMER_INTERRUPT
narrow: lbu     $v0, TIMER_CONTROL($t8)
        nop
        check_exception 1, EXC_DBE, narrow
        test_pass 1
