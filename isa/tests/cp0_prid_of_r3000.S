/* PRId of the R3000: implementation and revision, and nothing above.
 * options: --set cpu.model=r3000
 */
#include "isa/tests/test.h"

        test_start
        get_c0  $v0, CP0_PRID
        check_eq $v0, PRID_R3000
        test_pass
