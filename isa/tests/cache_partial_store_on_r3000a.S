/* As cache_partial_store: the R3000A merges as the R3000 does.
 * options: --set cpu.model=r3000a
 */
#include "isa/tests/cache_partial_store.S"
