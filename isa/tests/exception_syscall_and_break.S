/* conformance 1.2: syscall and break; the code field is ignored. */
#include "isa/tests/test.h"

        test_start
one:    syscall
        check_exception 1, EXC_SYS, one
two:    syscall 0xfffff
        check_exception 2, EXC_SYS, two
three:  break
        check_exception 3, EXC_BP, three
four:   break   1023, 1023
        check_exception 4, EXC_BP, four
        test_pass 4
