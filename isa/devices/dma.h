/* DMA engine: carries out a ring of transfers that lies in memory, past the processor's caches.
 * Word accesses only. Integer #defines only: read by C++, assembly, host and guest. */
#ifndef ISA_DEVICES_DMA_H
#define ISA_DEVICES_DMA_H

#define DMA_ID 0x444d4145 /* "DMAE" */
#define DMA_SIZE 0x40

#define DMA_RING 0x00          /* physical address of the ring; write: HEAD and TAIL are 0 again */
#define DMA_ENTRIES 0x04       /* descriptors in the ring; write: HEAD and TAIL are 0 again */
#define DMA_HEAD 0x08          /* read: descriptors that the engine is through with */
#define DMA_TAIL 0x0c          /* write: descriptors that software has handed over */
#define DMA_CONTROL 0x10       /* DMA_CONTROL_... */
#define DMA_STATUS 0x14        /* DMA_STATUS_...; writing 1 acknowledges DONE, ERROR, REFUSED */
#define DMA_CANCEL 0x18        /* write: cancel what this owner has handed over */
#define DMA_ERROR 0x1c         /* read: DMA_CAUSE_... of the first error not acknowledged */
#define DMA_ERROR_ADDRESS 0x20 /* read: where that was */

#define DMA_MAX_ENTRIES 1024      /* ENTRIES is a power of two, from 1 */
#define DMA_RING_ALIGNMENT 32     /* of RING, in bytes */
#define DMA_MAX_LENGTH 0x00100000 /* bytes of one transfer */
#define DMA_MAX_CANCELS 8         /* owners whose cancelling can be under way at a time */

#define DMA_CONTROL_ENABLE 1    /* carry out what is in the ring; 0: pause before the next burst */
#define DMA_CONTROL_INTERRUPT 2 /* raise the line while DONE, ERROR or REFUSED is set */

#define DMA_STATUS_BUSY 1       /* a burst is under way or waits for its turn; read-only */
#define DMA_STATUS_CANCELLING 2 /* cancelled descriptors may not all be marked yet; read-only */
#define DMA_STATUS_DONE 4       /* a transfer with DMA_FLAG_INTERRUPT is done */
#define DMA_STATUS_ERROR 8      /* a descriptor failed, or RING, ENTRIES or TAIL are bad */
#define DMA_STATUS_REFUSED 16   /* a write to CANCEL was lost: too many are under way */

/* A descriptor: eight words. Software writes the first six, the engine RESULT and COUNT. */
#define DMA_DESCRIPTOR_SOURCE 0       /* physical address, a multiple of 4 */
#define DMA_DESCRIPTOR_DESTINATION 4  /* physical address, a multiple of 4 */
#define DMA_DESCRIPTOR_LENGTH 8       /* bytes: a multiple of 4, from 4 to DMA_MAX_LENGTH */
#define DMA_DESCRIPTOR_FLAGS 12       /* DMA_FLAG_... */
#define DMA_DESCRIPTOR_OWNER 16       /* any word, for CANCEL */
#define DMA_DESCRIPTOR_RESULT 20      /* DMA_RESULT_...; passed over if it is not PENDING */
#define DMA_DESCRIPTOR_COUNT 24       /* bytes that reached the destination */
#define DMA_DESCRIPTOR_RESERVED 28    /* ignored */
#define DMA_DESCRIPTOR_SIZE 32        /* bytes of a descriptor */

#define DMA_FLAG_INTERRUPT 1         /* set STATUS.DONE when done */
#define DMA_FLAG_SOURCE_FIXED 2      /* every word from the same address: a device's register */
#define DMA_FLAG_DESTINATION_FIXED 4 /* every word to the same address */

#define DMA_RESULT_PENDING 0     /* as software hands it over */
#define DMA_RESULT_DONE 1        /* all is moved */
#define DMA_RESULT_CANCELLED 2   /* by CANCEL; COUNT says how much had been moved */
#define DMA_RESULT_ERROR 3       /* in the low byte; the cause stands above it */
#define DMA_RESULT_CAUSE_SHIFT 8 /* DMA_CAUSE_... of DMA_RESULT_ERROR */

#define DMA_CAUSE_FLAGS 1       /* a flag that does not exist */
#define DMA_CAUSE_LENGTH 2      /* 0, no multiple of 4, or more than DMA_MAX_LENGTH */
#define DMA_CAUSE_ALIGNMENT 3   /* an address that is no multiple of 4 */
#define DMA_CAUSE_WRAP 4        /* reaches beyond the last address */
#define DMA_CAUSE_SOURCE 5      /* nothing at the source answers, or it refuses */
#define DMA_CAUSE_DESTINATION 6 /* nothing at the destination answers, or it refuses */
#define DMA_CAUSE_SELF 7        /* the source or destination is a register of the engine itself */
#define DMA_CAUSE_RING 8        /* RING or ENTRIES are bad; nothing is handed over, ENABLE drops */
#define DMA_CAUSE_TAIL 9        /* more handed over than the ring has room for; TAIL stays */

#endif
