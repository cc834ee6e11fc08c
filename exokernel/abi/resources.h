/* The kinds of resources that quotas and revocation know, and what an environment learns about
 * them: limits, requests to return something, what has been taken by force.
 * Integer #defines only: read by C++ and assembly. */
#ifndef EXOKERNEL_ABI_RESOURCES_H
#define EXOKERNEL_ABI_RESOURCES_H

#define EXO_RESOURCE_PAGES 0        /* pages of memory */
#define EXO_RESOURCE_SLICES 1       /* positions of the slice vector */
#define EXO_RESOURCE_ENVIRONMENTS 2 /* ids of environments, charged to the creator */
#define EXO_RESOURCE_TRANSFERS 3    /* queued transfers of the DMA engine */
#define EXO_RESOURCE_BLOCKS 4       /* blocks of the disk, in extents */
#define EXO_RESOURCE_REQUESTS 5     /* queued requests to the disk */
#define EXO_RESOURCE_TILES 6        /* tiles of the frame buffer */
#define EXO_RESOURCE_CODE 7         /* pieces of downloaded code */
#define EXO_RESOURCE_COUNT 8

#define EXO_NO_LIMIT 0xffffffff
#define EXO_WEIGHT_MAX 65535
/* Pages that no revocation takes from an environment, the context page among them. Aegis guaranteed
 * five to ten. */
#define EXO_GUARANTEED_PAGES 8

/* What is told at notice_entry. */
#define EXO_NOTICE_REVOCATION 1   /* return so many units; the deadline is NOTICE_TIME */
#define EXO_NOTICE_IMPERATIVE 2   /* the deadline has passed: return them by this one */
#define EXO_NOTICE_REPOSSESSION 3 /* units have been taken; the repossession vector says which */
#define EXO_NOTICE_REFUSAL 4      /* to the arbiter: an environment was refused so many units */

#endif
