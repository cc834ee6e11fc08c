/* PRId of the R2000: implementation and revision, and nothing above.
 * options: --set cpu.model=r2000
 */
#include "isa/tests/test.h"

        test_start
        get_c0  $v0, CP0_PRID
        check_eq $v0, PRID_R2000
        test_pass
