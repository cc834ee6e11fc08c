/* conformance 1.1: j and jal stay in the 256 MiB of their delay slot: the last word of a region
 * jumps into the next one. */
#include "isa/tests/test.h"

        test_start
        map     8, 0x0ffff000, 0, last_page - KSEG0_BASE, ENTRYLO_V | ENTRYLO_G
        map     9, 0x10000000, 0, next_page - KSEG0_BASE, ENTRYLO_V | ENTRYLO_G
        la      $t9, back
        li      $t0, 0x0ffffffc
        jr      $t0
        nop                             # delay slot
back:
        check_eq $v0, 5
        test_pass

        .data
        .balign 4096
last_page:.space  4092
        .word   0x08000002              # j 0x10000008: index 2
next_page:nop
        .word   0
        .word   0x03200008              # jr $t9
        .word   0x24020005              # li $v0, 5
