/* Exception codes (Cause.ExcCode) and vectors. Sources: PSX-SPX, NetBSD cpuregs.h.
 * Integer #defines only: read by C++, assembly, host and guest. */
#ifndef ISA_MACHINE_EXCEPTIONS_H
#define ISA_MACHINE_EXCEPTIONS_H

#define EXC_INT 0    /* interrupt: a pending bit of Cause.IP that Status.IM enables, with IEc set */
#define EXC_MOD 1    /* store to a page whose D bit is clear */
#define EXC_TLBL 2   /* load or fetch: no TLB entry, or one that is not valid */
#define EXC_TLBS 3   /* store: no TLB entry, or one that is not valid */
#define EXC_ADEL 4   /* load or fetch: misaligned, or outside kuseg in user mode */
#define EXC_ADES 5   /* store: misaligned, or outside kuseg in user mode */
#define EXC_IBE 6    /* bus error on a fetch */
#define EXC_DBE 7    /* bus error on a load */
#define EXC_SYS 8    /* syscall */
#define EXC_BP 9     /* break */
#define EXC_RI 10    /* reserved instruction */
#define EXC_CPU 11   /* coprocessor unusable; Cause.CE says which */
#define EXC_OV 12    /* overflow of add, addi or sub */
#define EXC_COUNT 13 /* number of codes */

#define VECTOR_RESET 0xbfc00000       /* first instruction after reset */
#define VECTOR_UTLB 0x80000000        /* no TLB entry for a kuseg address */
#define VECTOR_GENERAL 0x80000080     /* every other exception */
#define VECTOR_BEV_UTLB 0xbfc00100    /* the same while Status.BEV is set */
#define VECTOR_BEV_GENERAL 0xbfc00180 /* the same while Status.BEV is set */
#define VECTOR_SIZE 128               /* bytes from one vector to the next */

#endif
