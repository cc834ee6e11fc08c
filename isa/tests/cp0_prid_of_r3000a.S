/* PRId of the R3000A: implementation and revision, and nothing above.
 * options: --set cpu.model=r3000a
 */
#include "isa/tests/test.h"

        test_start
        get_c0  $v0, CP0_PRID
        check_eq $v0, PRID_R3000A
        test_pass
