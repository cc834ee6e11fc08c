/* As cache_partial_store_on_r2000.
 * options: --set cpu.model=r2000a
 */
#include "isa/tests/cache_partial_store_on_r2000.S"
