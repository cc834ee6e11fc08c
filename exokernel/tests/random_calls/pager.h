/* The pager of the random calls: which virtual pages it binds when they are missed. For assembly and
 * C++. */
#ifndef EXOKERNEL_TESTS_RANDOM_CALLS_PAGER_H
#define EXOKERNEL_TESTS_RANDOM_CALLS_PAGER_H

#include "isa/machine/memory_map.h"

#define PAGER_FIRST USER_LOAD_BASE /* of the test's image */
#define PAGER_TABLES 24            /* pages behind it the kernel's tables begin */
#define PAGER_PAGES 64

/* An entry of pager_pages, one for each page: a capability and the flags of tlb_write. Zeros: it is
 * not the pager's. */
#define PAGER_ENTRY_SHIFT 4
#define PAGER_CAPABILITY 0
#define PAGER_FLAGS 12

#endif
