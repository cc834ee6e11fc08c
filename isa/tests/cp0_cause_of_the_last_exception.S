/* conformance 1.6: each exception replaces what Cause says of the one before: ExcCode, BD, and CE,
 * which on this machine is 0 unless a coprocessor was unusable. */
#include "isa/tests/test.h"

#define OF_EXCEPTION (CAUSE_BD | CAUSE_CE_MASK | CAUSE_EXCCODE_MASK)

        test_start
        b       1f
        lwc3    $0, 0($0)               # delay slot
1:      check_bits $s1, OF_EXCEPTION, CAUSE_BD | CAUSE_CE_MASK | (EXC_CPU << CAUSE_EXCCODE_SHIFT)
        syscall
        check_bits $s1, OF_EXCEPTION, EXC_SYS << CAUSE_EXCCODE_SHIFT
        .word   0x4c000000              # mfc3
        check_bits $s1, OF_EXCEPTION, CAUSE_CE_MASK | (EXC_CPU << CAUSE_EXCCODE_SHIFT)
        lw      $v0, 1($0)
        check_bits $s1, OF_EXCEPTION, EXC_ADEL << CAUSE_EXCCODE_SHIFT
        test_pass 4
