/* What anderson.S saves: a frame on the kernel's stack, or the context of a process. */
#ifndef BENCH_MACHINE_ANDERSON_FRAME_H
#define BENCH_MACHINE_ANDERSON_FRAME_H

/* Words by number. 0 to 31: the registers. */
#define AT(word) ((word) * 4)
#define SAVED_LO AT(32)
#define SAVED_HI AT(33)
#define SAVED_STATUS AT(34)
#define SAVED_EPC AT(35)
#define SAVED_CAUSE AT(36)
#define SAVED_BADVADDR AT(37)
#define SAVED_ASID AT(38)       /* as in EntryHi */
#define SAVED_GENERATION AT(39) /* of the ASID */
#define SAVED_PAGE_TABLE AT(40)
#define SAVED_AREA AT(41) /* two EntryLo */
#define SAVED_STATE AT(43)
#define SAVED_TURNS AT(44)
#define SAVED_STACK AT(45)     /* the kernel's, of this process */
#define SAVED_DIRECTORY AT(46) /* of its page tables */
#define FRAME_SIZE AT(47)
#define STATE_READY 1
#define STATE_RUNS 2

.macro save base:req, registers:vararg
        .irp    number, \registers
        sw      $\number, AT(\number)(\base)
        .endr
.endm
.macro load base:req, registers:vararg
        .irp    number, \registers
        lw      $\number, AT(\number)(\base)
        .endr
.endm

#endif
