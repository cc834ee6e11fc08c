/* Disk: blocks of DISK_BLOCK_SIZE bytes, one request at a time. It moves the data itself, past the
 * processor's caches, at the rate of the medium. Word accesses only.
 * Integer #defines only: read by C++, assembly, host and guest. */
#ifndef ISA_DEVICES_DISK_H
#define ISA_DEVICES_DISK_H

#define DISK_ID 0x4449534b /* "DISK" */
#define DISK_SIZE 0x40

/* The request: what COMMAND finds here; they can be written for the next one meanwhile. */
#define DISK_BLOCK 0x00   /* the first block */
#define DISK_COUNT 0x04   /* blocks, from 1 to DISK_MAX_COUNT */
#define DISK_ADDRESS 0x08 /* physical address in RAM, a multiple of DISK_BLOCK_SIZE */
#define DISK_OWNER 0x0c   /* any word, for CANCEL */

#define DISK_COMMAND 0x10   /* write: DISK_COMMAND_... */
#define DISK_CANCEL 0x14    /* write: cancel the request if it is this owner's */
#define DISK_CONTROL 0x18   /* DISK_CONTROL_... */
#define DISK_STATUS 0x1c    /* DISK_STATUS_...; writing 1 acknowledges all but BUSY */
#define DISK_ERROR 0x20     /* read: DISK_CAUSE_... of the first error not acknowledged */
#define DISK_MOVED 0x24     /* read: blocks of the last request that are moved */
#define DISK_BLOCKS 0x28    /* read: blocks of the disk */
#define DISK_CYLINDERS 0x2c /* read: a seek takes the longer, the more it crosses */
#define DISK_HEADS 0x30     /* read: tracks of a cylinder */
#define DISK_SECTORS 0x34   /* read: blocks of a track */
#define DISK_CYLINDER 0x38  /* read: where the heads are, or will be when they have arrived */

#define DISK_BLOCK_SIZE 512
#define DISK_MAX_COUNT 256 /* as SCSI's six-byte commands */

#define DISK_COMMAND_READ 1  /* from the disk to memory */
#define DISK_COMMAND_WRITE 2 /* from memory to the disk */

#define DISK_CONTROL_INTERRUPT 1 /* raise the line while STATUS has more than BUSY */

#define DISK_STATUS_BUSY 1      /* a request is under way; read-only */
#define DISK_STATUS_DONE 2      /* one has been carried out */
#define DISK_STATUS_ERROR 4     /* one was wrong: nothing was done */
#define DISK_STATUS_CANCELLED 8 /* one has ended early; MOVED says how far it had come */
#define DISK_STATUS_REFUSED 16  /* COMMAND was written while BUSY: it was lost */

#define DISK_CAUSE_COMMAND 1   /* no such command */
#define DISK_CAUSE_COUNT 2     /* 0, or more than DISK_MAX_COUNT */
#define DISK_CAUSE_BLOCK 3     /* reaches beyond the last block */
#define DISK_CAUSE_ALIGNMENT 4 /* ADDRESS is no multiple of DISK_BLOCK_SIZE */
#define DISK_CAUSE_MEMORY 5    /* not all of it is RAM */

#endif
