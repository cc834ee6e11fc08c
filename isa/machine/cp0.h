/* Coprocessor 0 of the R2000/R3000: register numbers, fields, write masks.
 * Sources: PSX-SPX (cpuspecifications), NetBSD cpuregs.h, MAME mips1.cpp; the R3000 manual's names.
 * Integer #defines only: read by C++, assembly, host and guest. */
#ifndef ISA_MACHINE_CP0_H
#define ISA_MACHINE_CP0_H

#define CP0_INDEX 0    /* entry that tlbr and tlbwi use and tlbp finds */
#define CP0_RANDOM 1   /* entry that tlbwr uses; read-only */
#define CP0_ENTRYLO 2  /* physical half of a TLB entry */
#define CP0_CONTEXT 4  /* page table base and the page that missed */
#define CP0_BADVADDR 8 /* address of the last address error or TLB exception; read-only */
#define CP0_ENTRYHI 10 /* virtual half of a TLB entry; the current ASID */
#define CP0_STATUS 12  /* mode, interrupt mask, coprocessor enables */
#define CP0_CAUSE 13   /* why the last exception was taken; pending interrupts */
#define CP0_EPC 14     /* where to restart; read-only */
#define CP0_PRID 15    /* processor identity; read-only */

#define INDEX_P 0x80000000 /* the last tlbp found no entry */
#define INDEX_SHIFT 8
#define INDEX_MASK 0x00003f00 /* entry number */

#define RANDOM_SHIFT 8
#define RANDOM_LOW 8   /* entries 0..7 are wired: tlbwr never writes them */
#define RANDOM_HIGH 63 /* value at reset */

#define TLB_ENTRIES 64
#define PAGE_SHIFT 12
#define PAGE_SIZE 4096

#define ENTRYHI_VPN_MASK 0xfffff000 /* virtual page number */
#define ENTRYHI_ASID_SHIFT 6
#define ENTRYHI_ASID_MASK 0x00000fc0 /* address space identifier */
#define ENTRYHI_MASK 0xffffffc0      /* the other bits read 0 */

#define ENTRYLO_PFN_MASK 0xfffff000 /* physical page number */
#define ENTRYLO_N 0x800             /* not cacheable */
#define ENTRYLO_D 0x400             /* dirty: stores allowed */
#define ENTRYLO_V 0x200             /* valid */
#define ENTRYLO_G 0x100             /* global: ASID ignored */
#define ENTRYLO_MASK 0xffffff00

#define CONTEXT_PTEBASE_MASK 0xffe00000 /* kept for software */
#define CONTEXT_BADVPN_MASK 0x001ffffc  /* bits 30:12 of the bad address, shifted to 20:2 */
#define CONTEXT_BADVPN_SHIFT 10         /* (address >> 10) & CONTEXT_BADVPN_MASK */

#define STATUS_IEC 0x00000001 /* interrupts enabled, current */
#define STATUS_KUC 0x00000002 /* user mode, current */
#define STATUS_IEP 0x00000004 /* interrupts enabled, previous */
#define STATUS_KUP 0x00000008 /* user mode, previous */
#define STATUS_IEO 0x00000010 /* interrupts enabled, old */
#define STATUS_KUO 0x00000020 /* user mode, old */
#define STATUS_KUIE_MASK 0x0000003f
#define STATUS_IM_SHIFT 8
#define STATUS_IM_MASK 0x0000ff00 /* interrupt mask, one bit for each of Cause.IP */
#define STATUS_ISC 0x00010000     /* isolate the data cache */
#define STATUS_SWC 0x00020000     /* swap the caches */
#define STATUS_PZ 0x00040000      /* parity zero: cache parity is written as 0 */
#define STATUS_CM 0x00080000      /* an isolated load missed */
#define STATUS_PE 0x00100000      /* cache parity error; writing 1 clears it */
#define STATUS_TS 0x00200000      /* TLB shut down; read-only */
#define STATUS_BEV 0x00400000     /* exception vectors in the PROM */
#define STATUS_RE 0x02000000      /* reverse endian, R3000A only */
#define STATUS_CU0 0x10000000     /* coprocessor 0 usable in user mode */
#define STATUS_CU1 0x20000000     /* coprocessor 1 (FPU) usable */
#define STATUS_CU2 0x40000000     /* coprocessor 2 usable */
#define STATUS_CU3 0x80000000     /* coprocessor 3 usable */

#define CAUSE_BD 0x80000000 /* the exception was in a delay slot; EPC is the branch */
#define CAUSE_CE_SHIFT 28
#define CAUSE_CE_MASK 0x30000000 /* coprocessor of a CpU exception */
#define CAUSE_IP_SHIFT 8
#define CAUSE_IP_MASK 0x0000ff00 /* pending interrupts; bits 7:2 show the pins as they are now */
#define CAUSE_SW_MASK 0x00000300 /* the two software interrupts: all that mtc0 writes */
#define CAUSE_EXCCODE_SHIFT 2
#define CAUSE_EXCCODE_MASK 0x0000003c /* exception code, EXC_... */

#define PRID_R2000 0x0100
#define PRID_R2000A 0x0210
#define PRID_R3000 0x0220
#define PRID_R3000A 0x0230

#endif
