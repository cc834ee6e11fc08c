/* Call and return of an empty procedure, as a compiler of the time writes it. An operation is what
 * its marker says, warm; the published figure is one of a loop (averages over many iterations),
 * and does not say whether the loop's own instructions count. */
#include "isa/markers.h"

        .set    noreorder
        .set    noat

#define ROUNDS 1000

        .text
        .globl  main
main:   move    $s7, $ra
        li      $s0, 0
        li      $s1, ROUNDS
/* for (n = 0; n < ROUNDS; ++n) empty(): what one iteration takes. The compiler moves the increment
 * into the delay slot of the call and finds nothing for that of the branch. */
1:
        exo_op_begin "loop iteration with call"
        jal     empty
        addiu   $s0, $s0, 1                     # delay slot
        slt     $v0, $s0, $s1
        bnez    $v0, 2f
        nop                                     # delay slot
2:
        exo_op_end "loop iteration with call"
        bnez    $v0, 1b
        nop                                     # delay slot

        li      $s0, ROUNDS
3:
        exo_op_begin "call and return"
        jal     empty
        nop                                     # delay slot
        exo_op_end "call and return"
        exo_op_begin "call and return with frame"
        jal     framed
        nop                                     # delay slot
        exo_op_end "call and return with frame"
        addiu   $s0, $s0, -1
        bnez    $s0, 3b
        nop                                     # delay slot
        jr      $s7
        li      $v0, 0                          # delay slot

/* A procedure that calls nothing needs no frame. */
empty:  jr      $ra
        nop                                     # delay slot

/* One that keeps a frame all the same: what it saves in it is its return address. */
framed: addiu   $sp, $sp, -24
        sw      $ra, 20($sp)
        lw      $ra, 20($sp)
        nop                                     # load delay slot
        jr      $ra
        addiu   $sp, $sp, 24                    # delay slot
