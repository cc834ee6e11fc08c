/* What the boot PROM hands over. On entry to the kernel (or a bare image):
 *
 *   a0 = argc, a1 = argv (kseg1, strings in the PROM): argv[0] the kernel's file name, then one
 *        per boot module
 *   a2 = BOOT_MAGIC, a3 = kseg1 address of the boot information below
 *   sp = top of RAM in kseg0; Status = 0 (kernel mode, interrupts off, BEV clear);
 *   caches and TLB invalid; every other register and all RAM that was not loaded: seeded garbage.
 *
 * Boot information: a header, then COUNT module records. A module is a whole ELF file, unchanged,
 * at a page-aligned physical address. All fields are 32-bit little-endian words.
 * Integer #defines only: read by C++, assembly, host and guest. */
#ifndef ISA_MACHINE_BOOT_H
#define ISA_MACHINE_BOOT_H

#define BOOT_MAGIC 0x534f5845 /* "EXOS" */
#define BOOT_VERSION 1

#define BOOT_INFO_MAGIC 0         /* BOOT_MAGIC */
#define BOOT_INFO_VERSION 4       /* BOOT_VERSION */
#define BOOT_INFO_RAM_SIZE 8      /* bytes, from physical 0 */
#define BOOT_INFO_CPU_HZ 12       /* processor clock */
#define BOOT_INFO_SEED 16         /* 4 words of seeded randomness: keys are made of it */
#define BOOT_INFO_DIRECTORY 32    /* physical address of the device directory */
#define BOOT_INFO_MODULE_COUNT 36 /* boot modules */
#define BOOT_INFO_MODULES 40      /* physical address of the first module record */
#define BOOT_INFO_ARGUMENTS 44    /* physical address of the kernel's arguments: one line of text, and a NUL */
#define BOOT_INFO_SIZE 64         /* bytes of the header */

#define BOOT_MODULE_ADDRESS 0      /* physical, page aligned */
#define BOOT_MODULE_SIZE 4         /* bytes of the file */
#define BOOT_MODULE_NAME 8         /* file name without folders, 55 bytes and a NUL */
#define BOOT_MODULE_RECORD_SIZE 64 /* bytes of a record */
#define BOOT_MODULE_MAX 63         /* most modules: an ASID each, and 0 is the kernel's */

#endif
