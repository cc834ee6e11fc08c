/* Words of the context page that the harness does not use: what an environment needs for its turn.
 * For assembly and C++. */
#ifndef WORKLOADS_SCALING_LAYOUT_H
#define WORKLOADS_SCALING_LAYOUT_H

#include "exokernel/tests/harness/layout.h"

/* Capabilities, three words each: */
#define SCALING_OWN TEST_WORD(128)    /* of the page that it reads, */
#define SCALING_PAGE TEST_WORD(131)   /* of the one that it gives back and allocates again, */
#define SCALING_EXTENT TEST_WORD(134) /* of an extent and a tile that it does the same with */
#define SCALING_TILE TEST_WORD(137)
#define SCALING_CALLS TEST_WORD(140) /* not 0: it has transferred control and waits for the answer */

/* Their entries in the software TLB are no one else's in any address space: where the page that it
 * reads is bound, */
#define SCALING_OWN_VA 0x51020000
#define SCALING_PAGE_VA 0x52021000 /* the one that it allocates, */
#define SCALING_GUARANTEED_VA 0x54022000
#define SCALING_PIXELS_VA 0x55023000
#define SCALING_MANY_VA 0x53100000 /* and this many pages, by one environment, for TLB misses */
#define SCALING_MANY 256           /* the TLB has 64 entries */

#endif
