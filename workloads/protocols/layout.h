/* A word of the context page that the harness does not use. For assembly and C++. */
#ifndef WORKLOADS_PROTOCOLS_LAYOUT_H
#define WORKLOADS_PROTOCOLS_LAYOUT_H

#include "exokernel/tests/harness/layout.h"

#define HOG_EXCESS TEST_WORD(128) /* where the environment's own overruns are counted */

#endif
