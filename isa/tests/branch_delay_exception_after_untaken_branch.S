/* conformance 1.4: Cause.BD and EPC name the branch also when it was not taken. */
#include "isa/tests/test.h"

        test_start
        li      $t0, 1
untaken:beq     $t0, $0, wrong
        syscall                         # delay slot
        check_exception 1, EXC_SYS, untaken
        check_bits $s1, CAUSE_BD, CAUSE_BD
linking:bltzal  $0, wrong
        break                           # delay slot
        check_exception 2, EXC_BP, linking
        check_bits $s1, CAUSE_BD, CAUSE_BD
        b       1f
        nop                             # delay slot
wrong:  li      $t0, 5
        check_eq $t0, 0
1:
        test_pass 2
