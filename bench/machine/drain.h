/* Between two operations of an image of bench/machine: nothing of the first is left when the second
 * begins. s0 counts the rounds. */

/* The pipeline still holds three instructions: their stalls come before what follows. */
.macro settle
        nop
        nop
        nop
.endm

/* Waits until the write buffer is empty, and in each round a little less, so that the refresh is
 * not due at the same point of each. */
.macro drain
        settle
        move    $t9, $s0
.Ldelay\@:
        bnez    $t9, .Ldelay\@
        addiu   $t9, $t9, -1                    # delay slot
.Ldrain\@:
        bc0f    .Ldrain\@
        nop                                     # delay slot
.endm
