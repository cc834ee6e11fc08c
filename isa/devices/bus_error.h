/* Bus error register: the processor's writes that nothing took. They are buffered, so the instruction
 * has long completed: the error comes as an interrupt, as on a DECstation (Linux,
 * arch/mips/dec/kn01-berr.c). Word accesses only. Integer #defines only: read by C++, assembly, host
 * and guest. */
#ifndef ISA_DEVICES_BUS_ERROR_H
#define ISA_DEVICES_BUS_ERROR_H

#define BUS_ERROR_ID 0x42455252 /* "BERR" */
#define BUS_ERROR_SIZE 0x8

#define BUS_ERROR_STATUS 0x0  /* BUS_ERROR_STATUS_...; any write: acknowledge, the line drops */
#define BUS_ERROR_ADDRESS 0x4 /* read: physical address of the first write not acknowledged */

#define BUS_ERROR_STATUS_PENDING 1 /* a write failed; the interrupt line is raised */
#define BUS_ERROR_STATUS_MORE 2    /* further ones have failed since */

#endif
