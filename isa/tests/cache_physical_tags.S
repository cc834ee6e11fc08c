/* conformance 1.8: tags are physical: what one page has brought into the cache another of the same
 * frame hits; a page with N set goes past it. */
#include "isa/tests/test.h"
#include "isa/tests/cache.h"

        test_start
        map     8, 0x00400000, 0, memory - KSEG0_BASE, ENTRYLO_V | ENTRYLO_D
        map     9, 0xc0403000, 0, memory - KSEG0_BASE, ENTRYLO_V | ENTRYLO_D
        map     10, 0x00405000, 0, memory - KSEG0_BASE, ENTRYLO_V | ENTRYLO_D | ENTRYLO_N
        la      $a0, memory
        li      $a1, 0x00400000
        li      $a2, 0xc0403000
        li      $a3, 0x00405000
        li      $t0, 0x55667788
        lw      $v0, 0($a1)
        sw      $t0, 0($a3)
        lw      $v0, 0($a0)
        lw      $v1, 0($a2)
        lw      $t1, 0($a3)
        check_eq $v0, 0x11223344
        check_eq $v1, 0x11223344
        check_eq $t1, 0x55667788
        li      $t0, 0x99aabbcc
        sw      $t0, 0($a2)
        lw      $v0, 0($a0)
        lw      $v1, 0($a1)
        lw      $t1, 0($a3)
        check_eq $v0, 0x99aabbcc
        check_eq $v1, 0x99aabbcc
        check_eq $t1, 0x99aabbcc
/* Another page with the same offset is another word. */
        map     8, 0x00400000, 0, other - KSEG0_BASE, ENTRYLO_V | ENTRYLO_D
        lw      $v0, 0($a1)
        check_eq $v0, 0
        test_pass

        .data
        .balign 4096
memory: .word   0x11223344
        .balign 4096
other:  .word   0
        .balign 4096
