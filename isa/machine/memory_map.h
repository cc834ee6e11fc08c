/* Segments of the virtual address space and the fixed places of physical memory.
 * Source: NetBSD cpuregs.h; the PROM's place is the R3000's (reset vector, kseg1 0xbfc00000).
 * Integer #defines only: read by C++, assembly, host, guest and link scripts. */
#ifndef ISA_MACHINE_MEMORY_MAP_H
#define ISA_MACHINE_MEMORY_MAP_H

#define KUSEG_BASE 0x00000000 /* user and kernel, mapped by the TLB */
#define KSEG0_BASE 0x80000000 /* unmapped, cached: physical = virtual & KSEG_MASK */
#define KSEG1_BASE 0xa0000000 /* unmapped, uncached */
#define KSEG2_BASE 0xc0000000 /* mapped, kernel only */
#define KSEG_MASK 0x1fffffff

#define PROM_BASE 0x1fc00000      /* physical; read-only */
#define PROM_SIZE 0x00010000      /* bytes */
#define PROM_DIRECTORY 0x1fc01000 /* device directory: isa/machine/device_directory.h */
#define PROM_BOOT_INFO 0x1fc02000 /* boot information: isa/machine/boot.h */

#define KERNEL_LOAD_BASE 0x80000000 /* vectors first, then the kernel */
#define USER_LOAD_BASE 0x00400000   /* where applications are linked */

#endif
