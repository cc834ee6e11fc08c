/* Isolated accesses are translated as others are: a mapped one reaches the word of its frame in the
 * cache, and one without a translation, or that the page forbids, has its exception. */
#include "isa/tests/test.h"
#include "isa/tests/cache.h"

        test_start
        map     8, 0x00400000, 0, memory - KSEG0_BASE, ENTRYLO_V | ENTRYLO_D
        map     9, 0xc0401000, 0, memory - KSEG0_BASE, ENTRYLO_V
        la      $a0, memory
        uncached $a1, $a0
        li      $a2, 0x00400000
        li      $a3, 0xc0401000
        li      $t0, 0x55667788
        set_status DATA_CACHE
        sw      $t0, 4($a2)
        lw      $v0, 4($a0)
        get_c0  $t1, CP0_STATUS
        lw      $v1, 4($a3)
        get_c0  $t2, CP0_STATUS
        check_eq $v0, 0x55667788
        check_eq $v1, 0x55667788
        check_bits $t1, STATUS_CM, 0
        check_bits $t2, STATUS_CM, 0

missed: lw      $v0, 0x7f8($0)
        nop
        check_exception 1, EXC_TLBL, missed
        check_eq $s5, VECTOR_UTLB & 0xffff
        check_bits $s4, STATUS_ISC, STATUS_ISC
clean:  sw      $t0, 8($a3)
        check_exception 2, EXC_MOD, clean
        sb      $0, 4($a2)
        lw      $v0, 4($a0)
        get_c0  $t1, CP0_STATUS
        check_bits $t1, STATUS_CM, STATUS_CM
        set_status 0
        lw      $v0, 4($a0)             # memory has never changed
        lw      $v1, 8($a1)
        check_eq $v0, 0x11223344
        check_eq $v1, 0x11223344
        test_pass 2

        .data
        .balign 4096
memory: .fill   16, 4, 0x11223344
