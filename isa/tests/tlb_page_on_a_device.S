/* conformance 1.7: a page can be mapped to a device: its registers answer there, for kernel and
 * user mode, and D and V protect them. */
#include "isa/tests/test.h"
#include "isa/tests/find_timer.h"

        test_start
        find_timer
        li      $t0, KSEG_MASK & ~(PAGE_SIZE - 1)
        and     $t1, $t8, $t0           # its frame
        andi    $t2, $t8, PAGE_SIZE - 1
        li      $a0, 0x00400000
        write_c0 $a0, CP0_ENTRYHI
        or      $a0, $a0, $t2           # its registers, mapped
        ori     $t0, $t1, ENTRYLO_V | ENTRYLO_D | ENTRYLO_N
        write_c0 $t0, CP0_ENTRYLO
        li      $t0, 8 << INDEX_SHIFT
        write_c0 $t0, CP0_INDEX
        nop
        tlbwi
        nop
        nop
        lw      $v0, TIMER_FREQUENCY($a0)
        lw      $v1, TIMER_FREQUENCY($t8)
        nop
        check_same $v0, $v1
        sltu    $v0, $0, $v0
        check_eq $v0, 1
        sw      $0, TIMER_CONTROL($t8)
        li      $v0, TIMER_PERIODIC
        sw      $v0, TIMER_CONTROL($a0)
        lw      $v1, TIMER_CONTROL($t8)
        nop
        check_eq $v1, TIMER_PERIODIC

        map     9, 0x00401000, 0, code - KSEG0_BASE, ENTRYLO_V
        li      $v0, 0
        run_user 0x00401000
        check_bits $s1, CAUSE_EXCCODE_MASK, EXC_SYS << CAUSE_EXCCODE_SHIFT
        check_eq $v0, TIMER_PERIODIC
        lw      $v1, TIMER_CONTROL($t8)
        nop
        check_eq $v1, 0

/* Read-only */
        li      $t0, 8 << INDEX_SHIFT
        write_c0 $t0, CP0_INDEX
        li      $t0, 0x00400000
        write_c0 $t0, CP0_ENTRYHI
        ori     $t0, $t1, ENTRYLO_V | ENTRYLO_N
        write_c0 $t0, CP0_ENTRYLO
        nop
        tlbwi
        nop
        nop
        li      $v0, TIMER_PERIODIC
store:  sw      $v0, TIMER_CONTROL($a0)
        check_exception 2, EXC_MOD, store
        lw      $v1, TIMER_CONTROL($a0)
        nop
        check_eq $v1, 0
        test_pass 2

        .data
        .balign 4096
code:   lw      $v0, TIMER_CONTROL($a0)
        sw      $0, TIMER_CONTROL($a0)
        syscall
