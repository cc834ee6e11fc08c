/* conformance 1.2: bc0t and bc0f do not raise RI; the condition is "write buffer empty",
 * so that a loop of bc0f ends. */
#include "isa/tests/test.h"

        test_start
1:      bc0f    1b
        nop                             # delay slot
        li      $v0, 0
        bc0t    2f
        nop                             # delay slot
        li      $v0, 1
2:      check_eq $v0, 0
        test_pass
