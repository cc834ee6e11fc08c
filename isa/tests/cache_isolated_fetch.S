/* conformance 1.8: instructions are fetched as ever while the data cache is isolated, from cached
 * kseg0, hit or miss; an exception comes and goes, and leaves the isolation as it is. */
#include "isa/tests/test.h"
#include "isa/tests/cache.h"

        test_start
        la      $a0, memory
        uncached $a1, $a0
        li      $v0, 0
        li      $t0, 3
        set_status DATA_CACHE
loop:   sw      $v0, 0($a0)
        jal     distant                 # a miss, then hits
        addiu   $t0, $t0, -1            # delay slot
        bnez    $t0, loop
        sw      $v0, 4($a0)             # delay slot
        check_eq $v0, 30
isolated:
        syscall
        check_exception 1, EXC_SYS, isolated
        check_bits $s4, STATUS_ISC | STATUS_SWC, STATUS_ISC
        lw      $v1, 4($a0)
        get_c0  $t1, CP0_STATUS
        check_eq $v1, 30
        check_bits $t1, STATUS_ISC | STATUS_SWC | STATUS_CM, STATUS_ISC
        set_status 0
        lw      $v0, 0($a1)
        lw      $v1, 4($a1)
        check_eq $v0, 0x11223344
        check_eq $v1, 0x11223344
        test_pass 1

        .balign 4096
distant:
        addiu   $v0, $v0, 9
        jr      $ra
        addiu   $v0, $v0, 1             # delay slot

        .data
        .balign 64
memory: .word   0x11223344, 0x11223344
