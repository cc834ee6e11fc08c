/* conformance 1.2: without Status.CU1 every floating-point instruction is unusable, in kernel mode
 * too, and CE is 1. */
#include "isa/tests/fpu.h"

        .macro  check_unusable instruction:vararg
        .set    unusable_count, unusable_count + 1
        write_c0 $0, CP0_STATUS
        nop
        nop
1:      \instruction
        check_eq $s0, unusable_count
        check_bits $s1, CAUSE_CE_MASK | CAUSE_EXCCODE_MASK, \
                (1 << CAUSE_CE_SHIFT) | (EXC_CPU << CAUSE_EXCCODE_SHIFT)
        .endm

        .set    unusable_count, 0
        test_start
        la      $a0, memory
        check_unusable add.s $f0, $f0, $f0
        check_unusable cvt.d.w $f0, $f0
        check_unusable c.eq.d $f0, $f0
        check_unusable mov.s $f0, $f0
        check_unusable mtc1 $0, $f0
        check_unusable mfc1 $v0, $f0
        check_unusable ctc1 $0, $31
        check_unusable cfc1 $v0, $31
        check_unusable lwc1 $f0, 0($a0)
        check_unusable swc1 $f0, 0($a0)
        check_unusable lwc1 $f0, 1($a0)         # before the address error
        check_unusable .word 0x46000004         # whether it is known or not
        test_pass unusable_count

        .data
memory: .word   0
