/* Words of the context page that the harness does not use: what an environment needs for its turn.
 * For assembly and C++. */
#ifndef WORKLOADS_SCALING_LAYOUT_H
#define WORKLOADS_SCALING_LAYOUT_H

#include "exokernel/tests/harness/layout.h"

#define SCALING_OWN TEST_WORD(128)  /* three words: the capability of the page that it reads */
#define SCALING_PAGE TEST_WORD(131) /* and of the one that it gives back and allocates again */
#define SCALING_NEXT TEST_WORD(134) /* EXO_SCALL and the scaled id of whom it transfers control to */
#define SCALING_RESULT TEST_WORD(135) /* of its last page_alloc */

/* Their entries in the software TLB are no one else's in any address space: where the page that it
 * reads is bound, */
#define SCALING_OWN_VA 0x51020000
#define SCALING_PAGE_VA 0x52021000 /* the one that it allocates, */
#define SCALING_MANY_VA 0x53100000 /* and this many pages, by one environment, for TLB misses */
#define SCALING_MANY 256           /* the TLB has 64 entries */

#endif
