/* Cause.CE is set by an unusable coprocessor only: every other exception clears it, whatever bits
 * 27:26 of the instruction are. (The processor of the PlayStation puts those there, an R3000 may
 * have anything: software has to mask. Here it is 0.) */
#include "isa/tests/test.h"

        .set    count, 0
        .macro  check_clear code, insn:vararg
        .set    count, count + 2
        .word   0x4c000000              # coprocessor 3: CE is 3
        check_bits $s1, CAUSE_CE_MASK, CAUSE_CE_MASK
        \insn
        check_eq $s0, count
        check_bits $s1, CAUSE_EXCCODE_MASK | CAUSE_CE_MASK, \code << CAUSE_EXCCODE_SHIFT
        .endm

        test_start
        map     8, 0x00400000, 0, 0, ENTRYLO_V
        li      $a0, 0x00400000
        li      $a1, 0x7fffffff
        lui     $a2, ABSENT_KSEG1 >> 16
        check_clear EXC_MOD, sw $0, 0($a0)
        check_clear EXC_TLBL, lw $0, 0($0)
        check_clear EXC_TLBS, sh $0, 0($0)
        check_clear EXC_ADEL, lh $0, 1($0)
        check_clear EXC_ADES, sh $0, 1($0)
        check_clear EXC_DBE, lw $0, 0($a2)
        check_clear EXC_SYS, syscall
        check_clear EXC_BP, break
        check_clear EXC_RI, .word 0x4c000000 | (0x15 << 26)
        check_clear EXC_OV, addi $v0, $a1, 1
        test_pass count
