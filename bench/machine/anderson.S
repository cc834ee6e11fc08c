/* The four primitive operations of Anderson, Levy, Bershad and Lazowska, The Interaction of
 * Architecture and Operating System Design, ASPLOS 1991, written anew. What is kept of theirs is
 * what each operation does (from memory, not verified) and its number of instructions on a MIPS; we
 * do not have their code. Nothing is fitted to times. What each consists of:
 *
 *                        all  stores  loads  CP0  HI, LO  jumps  nops  others
 *   null system call      84      16     18    9       -     10     9      22
 *   trap                 103      27     29   10       4      8     9      16
 *   PTE change            36       1      3   10       -      3     5      14
 *   context switch       135      39     45   13       4      5     9      20
 *
 * (run.py checks the first column.) The store that traps is not among them, as it never completes.
 * They run in kernel mode and in kseg0, so that no micro-TLB is asked; all else is as from user
 * mode. A system call keeps its arguments and what its caller, a C procedure, expects to be kept; a
 * trap keeps all that a C procedure may change. Theirs differ by 19 instructions too. */
#include "bench/machine/anderson_frame.h"
#include "isa/machine/cp0.h"
#include "isa/machine/exceptions.h"
#include "isa/machine/memory_map.h"
#include "isa/markers.h"

        .set    noreorder
        .set    noat

#define ROUNDS 1000
#define PROTECTED_PAGE 0x00400000 /* mapped read-only */
#define KERNEL_AREA 0xc0000000    /* of a process: two pages, which its switch maps */
#define CALLS 8                   /* in the table of system calls */

/* 5 instructions. */
.macro count_event counter:req
        lui     $t0, %hi(\counter)
        lw      $t1, %lo(\counter)($t0)
        nop                                     # load delay slot
        addiu   $t1, $t1, 1
        sw      $t1, %lo(\counter)($t0)
.endm
/* 5 instructions: anything to do before the process goes on? Never. */
.macro test_pending
        lui     $t0, %hi(pending)
        lw      $t0, %lo(pending)($t0)
        nop                                     # load delay slot
        bnez    $t0, unexpected
        nop                                     # delay slot
.endm

        .text
/* From the general vector, which has taken 2 instructions: 8. */
        .globl  exception
exception:
        mfc0    $k0, $CP0_CAUSE
        lui     $k1, %hi(handlers)
        andi    $k0, $k0, CAUSE_EXCCODE_MASK
        addu    $k1, $k1, $k0
        lw      $k1, %lo(handlers)($k1)
        nop                                     # load delay slot
        jr      $k1
        nop                                     # delay slot
unexpected:
        b       unexpected
        nop                                     # delay slot

/* To the kernel's stack, unless it is in use. sp: the frame. 10 instructions. */
.macro enter_kernel
        mfc0    $k0, $CP0_STATUS
        lui     $k1, %hi(kernel_stack)
        andi    $k0, $k0, STATUS_KUP
        bnez    $k0, unexpected                 # everything here is kernel mode
        lw      $k1, %lo(kernel_stack)($k1)     # delay slot
        nop                                     # load delay slot
        save    $k1, 28, 29
        move    $sp, $k1
        lui     $gp, %hi(kernel_data)
.endm

system_call:
        enter_kernel
        save    $sp, 2, 4, 5, 6, 7, 16, 30, 31
        mfc0    $t0, $CP0_STATUS
        mfc0    $t1, $CP0_EPC
        mfc0    $t2, $CP0_CAUSE
        addiu   $t1, $t1, 4                     # behind the syscall
        sw      $t0, SAVED_STATUS($sp)
        sw      $t1, SAVED_EPC($sp)
        sw      $t2, SAVED_CAUSE($sp)
        addiu   $gp, $gp, %lo(kernel_data)
        ori     $t0, $t0, STATUS_IEC
        mtc0    $t0, $CP0_STATUS                # interrupts on
        move    $s0, $sp
        count_event events
        sltiu   $t3, $v0, CALLS
        beqz    $t3, unexpected
        sll     $t3, $v0, 3                     # delay slot
        lui     $t4, %hi(calls)
        addu    $t4, $t4, $t3
        lw      $t5, %lo(calls) + 4($t4)        # its number of arguments
        lw      $t4, %lo(calls)($t4)
        sltiu   $t5, $t5, 5
        beqz    $t5, unexpected                 # some are on the caller's stack
        nop                                     # delay slot
        jalr    $t4
        nop                                     # delay slot
        sw      $v0, AT(2)($s0)
        sw      $0, AT(7)($s0)                  # no error
        test_pending
        mtc0    $0, $CP0_STATUS                 # interrupts off
        lw      $t0, SAVED_STATUS($s0)
        lw      $k0, SAVED_EPC($s0)
        mtc0    $t0, $CP0_STATUS
        move    $k1, $s0
        load    $k1, 2, 4, 5, 6, 7, 16, 28, 30, 31, 29
        jr      $k0
        rfe                                     # delay slot

/* The null C procedure. */
null_procedure:
        jr      $ra
        li      $v0, 0                          # delay slot

trap:
        enter_kernel
        save    $sp, 1, 2, 3, 4, 5, 6, 7, 8, 9, 10, 11, 12, 13, 14, 15, 24, 25, 31
        mflo    $t0
        mfhi    $t1
        sw      $t0, SAVED_LO($sp)
        sw      $t1, SAVED_HI($sp)
        mfc0    $t0, $CP0_STATUS
        mfc0    $t1, $CP0_EPC
        mfc0    $t2, $CP0_CAUSE
        mfc0    $a1, $CP0_BADVADDR
        sw      $t0, SAVED_STATUS($sp)
        sw      $t1, SAVED_EPC($sp)
        sw      $t2, SAVED_CAUSE($sp)
        sw      $a1, SAVED_BADVADDR($sp)
        addiu   $gp, $gp, %lo(kernel_data)
        ori     $t0, $t0, STATUS_IEC
        mtc0    $t0, $CP0_STATUS                # interrupts on
        count_event events
        nop
        jal     null_procedure
        move    $a0, $sp                        # delay slot
        test_pending
        mtc0    $0, $CP0_STATUS                 # interrupts off
        lw      $t2, SAVED_LO($sp)
        lw      $t3, SAVED_HI($sp)
        mtlo    $t2
        mthi    $t3
        lw      $t0, SAVED_STATUS($sp)
        lw      $k0, SAVED_EPC($sp)
        lw      $t1, SAVED_CAUSE($sp)
        mtc0    $t0, $CP0_STATUS
        bltz    $t1, unexpected                 # the store was in a delay slot
        addiu   $k0, $k0, 4                     # delay slot: behind the store
        nop
        load    $sp, 1, 2, 3, 4, 5, 6, 7, 8, 9, 10, 11, 12, 13, 14, 15, 24, 25, 28, 31, 29
        jr      $k0
        rfe                                     # delay slot

/* a0: an address of the current address space; a1: the bits that its entry gets instead of D. */
change_pte:
        exo_op_begin "PTE change"
        lui     $t0, %hi(directory)
        lw      $t0, %lo(directory)($t0)
        srl     $t1, $a0, 22
        sll     $t1, $t1, 2
        addu    $t0, $t0, $t1
        lw      $t0, 0($t0)
        srl     $t1, $a0, 10
        beqz    $t0, unexpected                 # no page table there
        andi    $t1, $t1, 0xffc                 # delay slot
        addu    $t0, $t0, $t1
        lw      $t2, 0($t0)
        li      $t3, ~ENTRYLO_D
        and     $t2, $t2, $t3
        or      $t2, $t2, $a1
        sw      $t2, 0($t0)
        mfc0    $t4, $CP0_STATUS
        mtc0    $0, $CP0_STATUS                 # interrupts off
        mfc0    $t5, $CP0_ENTRYHI
        srl     $t7, $a0, 12
        sll     $t7, $t7, 12
        andi    $t6, $t5, ENTRYHI_ASID_MASK
        or      $t7, $t7, $t6
        mtc0    $t7, $CP0_ENTRYHI
        nop
        tlbp
        nop
        mfc0    $t8, $CP0_INDEX
        mtc0    $t2, $CP0_ENTRYLO
        bltz    $t8, 1f                         # the TLB does not hold it
        nop                                     # delay slot
        tlbwi
1:      nop
        mtc0    $t5, $CP0_ENTRYHI
        mtc0    $t4, $CP0_STATUS
        jr      $ra
        nop                                     # delay slot

/* a0: the saved context of the process that goes on. Keeps every register. */
switch_context:
        mfc0    $k1, $CP0_STATUS
        mtc0    $0, $CP0_STATUS                 # interrupts off
        nop
        lui     $k0, %hi(current)
        lw      $k0, %lo(current)($k0)
        nop                                     # load delay slot
        save    $k0, 1, 2, 3, 4, 5, 6, 7, 8, 9, 10, 11, 12, 13, 14, 15
        save    $k0, 16, 17, 18, 19, 20, 21, 22, 23, 24, 25, 28, 29, 30, 31
        mflo    $t0
        mfhi    $t1
        sw      $t0, SAVED_LO($k0)
        sw      $t1, SAVED_HI($k0)
        sw      $k1, SAVED_STATUS($k0)
        li      $t0, STATE_READY
        sw      $t0, SAVED_STATE($k0)
        count_event events
        lui     $t0, %hi(current)
        sw      $a0, %lo(current)($t0)
        li      $t0, STATE_RUNS
        sw      $t0, SAVED_STATE($a0)
        lw      $t0, SAVED_TURNS($a0)
        lw      $t1, SAVED_STACK($a0)
        addiu   $t0, $t0, 1
        sw      $t0, SAVED_TURNS($a0)
        lui     $t2, %hi(kernel_stack)
        sw      $t1, %lo(kernel_stack)($t2)
        lw      $t0, SAVED_ASID($a0)            # is its ASID still its own?
        lw      $t1, SAVED_GENERATION($a0)
        lui     $t2, %hi(generation)
        lw      $t2, %lo(generation)($t2)
        lw      $t3, SAVED_PAGE_TABLE($a0)
        bne     $t1, $t2, unexpected
        lui     $t6, KERNEL_AREA >> 16          # delay slot
        lw      $t7, SAVED_DIRECTORY($a0)
        lui     $t8, %hi(directory)
        sw      $t7, %lo(directory)($t8)
        mtc0    $t3, $CP0_CONTEXT
        or      $t6, $t6, $t0
        lw      $t4, SAVED_AREA($a0)
        lw      $t5, SAVED_AREA + 4($a0)
        mtc0    $0, $CP0_INDEX
        mtc0    $t6, $CP0_ENTRYHI
        mtc0    $t4, $CP0_ENTRYLO
        li      $t7, 1 << INDEX_SHIFT
        tlbwi
        addiu   $t6, $t6, PAGE_SIZE
        mtc0    $t7, $CP0_INDEX
        mtc0    $t6, $CP0_ENTRYHI
        mtc0    $t5, $CP0_ENTRYLO
        nop
        tlbwi
        nop
        mtc0    $t0, $CP0_ENTRYHI               # its ASID
        test_pending
        move    $k0, $a0
        lw      $t0, SAVED_LO($k0)
        lw      $t1, SAVED_HI($k0)
        mtlo    $t0
        mthi    $t1
        lw      $k1, SAVED_STATUS($k0)
        lui     $t0, %hi(fpu_owner)
        lw      $t0, %lo(fpu_owner)($t0)
        lui     $t1, STATUS_CU1 >> 16
        beq     $t0, $k0, 1f
        or      $k1, $k1, $t1                   # delay slot: it may use the FPU
        xor     $k1, $k1, $t1
1:      load    $k0, 1, 2, 3, 4, 5, 6, 7, 8, 9, 10, 11, 12, 13, 14, 15
        load    $k0, 16, 17, 18, 19, 20, 21, 22, 23, 24, 25, 28, 29, 30, 31
        mtc0    $k1, $CP0_STATUS
        jr      $ra
        nop                                     # delay slot

/* What runs them. */

        .globl  main
main:   move    $s7, $ra
        li      $t0, PROTECTED_PAGE
        mtc0    $t0, $CP0_ENTRYHI
        li      $t0, PROTECTED_PAGE | ENTRYLO_V
        mtc0    $t0, $CP0_ENTRYLO
        li      $t0, 2 << INDEX_SHIFT
        mtc0    $t0, $CP0_INDEX
        nop
        tlbwi
        mtc0    $0, $CP0_ENTRYHI

        li      $s1, ROUNDS
1:
        exo_op_begin "null system call"
        li      $v0, 0
        syscall
        exo_op_end "null system call"
        addiu   $s1, $s1, -1
        bnez    $s1, 1b
        nop                                     # delay slot

        li      $s1, ROUNDS
        lui     $s2, PROTECTED_PAGE >> 16
1:
        exo_op_begin "trap"
        lui     $s2, PROTECTED_PAGE >> 16
        sw      $0, 0($s2)                      # never completed
        exo_op_end "trap"
        addiu   $s1, $s1, -1
        bnez    $s1, 1b
        nop                                     # delay slot

        li      $s1, ROUNDS
        li      $a0, PROTECTED_PAGE
1:      xori    $a1, $a1, ENTRYLO_D
        andi    $a1, $a1, ENTRYLO_D
        jal     change_pte
        nop                                     # delay slot
        exo_op_end "PTE change"
        addiu   $s1, $s1, -1
        bnez    $s1, 1b
        nop                                     # delay slot

/* The second process begins as a copy of the first. */
        la      $s2, process_b
        la      $t0, other_side
        sw      $t0, AT(31)($s2)
        la      $t0, process_a
        sw      $t0, AT(16)($s2)
        la      $t1, frame
        sw      $t1, SAVED_STACK($s2)
        sw      $t1, SAVED_STACK($t0)
        la      $t1, segments
        sw      $t1, SAVED_DIRECTORY($s2)
        sw      $t1, SAVED_DIRECTORY($t0)
        sw      $s7, AT(23)($s2)
        li      $s1, ROUNDS
        sw      $s1, AT(17)($s2)
        la      $s0, process_b
1:      move    $a0, $s0
        exo_op_begin "context switch"
        jal     switch_context
        nop                                     # delay slot
other_side:
        exo_op_end "context switch"
        addiu   $s1, $s1, -1
        bnez    $s1, 1b
        nop                                     # delay slot
        jr      $s7
        li      $v0, 0                          # delay slot

        .data
        .balign 16
handlers:
        .word   unexpected, trap, unexpected, unexpected, unexpected, unexpected, unexpected
        .word   unexpected, system_call
        .rept   7
        .word   unexpected
        .endr
calls:
        .rept   CALLS
        .word   null_procedure, 0               # and its number of arguments
        .endr
kernel_stack:
        .word   frame
pending:
        .word   0
events:
        .word   0
fpu_owner:
        .word   0
generation:
        .word   0
current:
        .word   process_a
directory:
        .word   segments
kernel_data:
        .word   0
segments:
        .word   0, pages
pages:  .word   PROTECTED_PAGE | ENTRYLO_V
        .balign 16
process_a:
        .space  FRAME_SIZE
        .balign 16
process_b:
        .space  FRAME_SIZE
        .balign 16
frame:  .space  FRAME_SIZE
