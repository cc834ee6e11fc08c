/* As cp0_register_3_is_harmless, where the revision says R3000A: software that believes it may use
 * the register.
 * options: --set cpu.model=r3000a
 */
#include "isa/tests/cp0_register_3_is_harmless.S"
