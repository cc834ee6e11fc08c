/* Operations and formats that the R3010 does not have set "unimplemented": software may have them. */
#include "isa/tests/fpu.h"

        .macro  check_unknown word:req
        set_fcsr 0
        .word   \word
        check_fcsr CAUSE_E
        .endm

        fpu_start
        check_unknown 0x46000004        # sqrt.s of MIPS II
        check_unknown 0x4620000d        # trunc.w.d of MIPS II
        check_unknown 0x46000020        # cvt.s.s
        check_unknown 0x46800000        # add of words
        check_unknown 0x46a00021        # cvt.d.l of MIPS III
        check_unknown 0x44200000        # dmfc1 of MIPS III
        set_fcsr 0
        let_fpu_interrupt stopped
root:   .word   0x46000004
        nop
stopped:
        check_exception 1, EXC_INT, root
        test_pass 1
