/* As cp0_reverse_endian_of_r3000a_only, on the R2000.
 * options: --set cpu.model=r2000
 */
#include "isa/tests/cp0_reverse_endian_of_r3000a_only.S"
