/* conformance 1.7: instructions that the program itself has stored are executed: in kseg1 and
 * through an uncached page, where no cache stands between store and fetch; also in place of ones
 * that were executed before, and the very next one. */
#include "isa/tests/test.h"

        test_start
        la      $a0, buffer
        lui     $t0, (KSEG1_BASE - KSEG0_BASE) >> 16
        addu    $a0, $a0, $t0
        lw      $t1, words
        lw      $t2, words + 4
        lw      $t3, words + 8
        sw      $t1, 0($a0)
        sw      $t2, 4($a0)
        lw      $v0, 4($a0)             # the stores have arrived
        jalr    $a0
        nop                             # delay slot
        check_eq $v0, 5
        sh      $0, 4($a0)              # li $v0, 0
        lw      $v0, 4($a0)
        jalr    $a0
        nop                             # delay slot
        check_eq $v0, 0

/* A page with N set */
        map     8, 0x00400000, 0, buffer - KSEG0_BASE, ENTRYLO_V | ENTRYLO_D | ENTRYLO_N
        li      $a1, 0x00400000
        sw      $t3, 4($a1)
        lw      $v0, 4($a1)
        jalr    $a1
        nop                             # delay slot
        check_eq $v0, 6

/* Code that changes itself, a few instructions ahead. */
        la      $t4, changing
        addu    $t4, $t4, $t0
        la      $t5, ahead
        addu    $t5, $t5, $t0
        la      $t6, back
        li      $v0, 0
        jr      $t4
        nop                             # delay slot
back:   check_eq $v0, 6
        test_pass

        .balign 64
changing:
        sw      $t3, 0($t5)
        lw      $v1, 0($t5)
        .rept   6
        nop
        .endr
        jr      $t6
ahead:  li      $v0, 7                  # delay slot

        .data
        .balign 4096
buffer: .word   0, 0
words:  jr      $ra
        li      $v0, 5                  # delay slot
        li      $v0, 6
