/* The floating-point coprocessor (coprocessor 1, R2010 or R3010): its two control registers.
 * Sources: MIPS R4000 manual, figure 7-1 (the same bits but for FS); revisions: IRIX's fp_imp_tbl.
 */
#ifndef ISA_MACHINE_FPU_H
#define ISA_MACHINE_FPU_H

#define FCR_ID 0      /* FCR0: implementation and revision; 0 if there is no FPU; read-only */
#define FCR_STATUS 31 /* FCR31: control and status */

#define FCSR_RM_MASK 0x00000003 /* rounding mode, FCSR_ROUND_... */
#define FCSR_ROUND_NEAREST 0    /* to nearest, ties to even */
#define FCSR_ROUND_ZERO 1       /* toward 0 */
#define FCSR_ROUND_UP 2         /* toward +infinity */
#define FCSR_ROUND_DOWN 3       /* toward -infinity */
#define FCSR_FLAG_SHIFT 2       /* of FCSR_... below: what has happened since software cleared it */
#define FCSR_ENABLE_SHIFT 7     /* of FCSR_... below: what interrupts */
#define FCSR_CAUSE_SHIFT 12     /* of FCSR_... below: what the last operation did */
#define FCSR_INEXACT 1          /* the result was rounded */
#define FCSR_UNDERFLOW 2        /* the result is tiny: software's bit, see the text */
#define FCSR_OVERFLOW 4         /* the rounded result is too large for its format */
#define FCSR_DIVIDE_BY_ZERO 8   /* a finite number other than 0, divided by 0 */
#define FCSR_INVALID 16         /* no result has a meaning: 0/0, a signalling NaN, ... */
#define FCSR_UNIMPLEMENTED 32   /* cause only: software has to do the operation */
#define FCSR_CONDITION 0x00800000 /* what the last comparison found */
#define FCSR_MASK 0x0083ffff      /* the other bits read 0 */

/* FCR0: implementation in bits 15:8, revision in 7:0. */
#define FPU_R2010 0x0200
#define FPU_R2010A 0x0310
#define FPU_R3010 0x0320
#define FPU_R3010A 0x0330

#endif
