/* The device directory: a table in the PROM by which software finds devices, so that no device
 * address is compiled into a guest. All fields are 32-bit little-endian words.
 *
 * Header, then COUNT entries of DIRECTORY_ENTRY_SIZE bytes in the order of their addresses.
 * Integer #defines only: read by C++, assembly, host and guest. */
#ifndef ISA_MACHINE_DEVICE_DIRECTORY_H
#define ISA_MACHINE_DEVICE_DIRECTORY_H

#define DIRECTORY_MAGIC 0x52494445 /* "EDIR" */
#define DIRECTORY_VERSION 1

#define DIRECTORY_HEADER_MAGIC 0   /* DIRECTORY_MAGIC */
#define DIRECTORY_HEADER_VERSION 4 /* DIRECTORY_VERSION */
#define DIRECTORY_HEADER_COUNT 8   /* entries that follow */
#define DIRECTORY_HEADER_SIZE 16   /* bytes of the header */

#define DIRECTORY_ENTRY_ID 0         /* device type: CONSOLE_ID, TIMER_ID, ... (isa/devices) */
#define DIRECTORY_ENTRY_ADDRESS 4    /* physical address of the first register */
#define DIRECTORY_ENTRY_SIZE_FIELD 8 /* bytes of register space */
#define DIRECTORY_ENTRY_INTERRUPT 12 /* bit of Cause.IP, 2..7, or DIRECTORY_NO_INTERRUPT */
#define DIRECTORY_ENTRY_NAME 16      /* the configuration's name, 15 bytes and a NUL */
#define DIRECTORY_ENTRY_SIZE 32      /* bytes of an entry */

#define DIRECTORY_NO_INTERRUPT 0xffffffff

#endif
