/* As cp0_reverse_endian_of_r3000a_only, on the R2000A.
 * options: --set cpu.model=r2000a
 */
#include "isa/tests/cp0_reverse_endian_of_r3000a_only.S"
