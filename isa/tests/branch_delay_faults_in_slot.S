/* conformance 1.4: every exception of a delay slot has EPC at the branch and BD set: overflow,
 * reserved, unusable, bus error, address errors, the TLB's. */
#include "isa/tests/test.h"

        .set    slots, 0
        .macro  faults_in_slot exception, vector, insn:vararg
        .set    slots, slots + 1
.Lbranch\@:
        b       .Lon\@
        \insn
.Lon\@: check_slot_exception slots, \exception, .Lbranch\@
        check_eq $s5, \vector & 0xffff
        .endm

        test_start
        map     8, 0x00400000, 0, page - KSEG0_BASE, ENTRYLO_V
        map     9, 0x00401000, 0, page - KSEG0_BASE, ENTRYLO_D
        li      $a0, 0x00400000
        li      $a1, ABSENT_KSEG1
        li      $a2, 0x7fffffff
        li      $a3, 0xc0400000
        li      $v0, 42
        faults_in_slot EXC_OV, VECTOR_GENERAL, add $v0, $a2, $a2
        faults_in_slot EXC_OV, VECTOR_GENERAL, addi $v0, $a2, 1
        faults_in_slot EXC_OV, VECTOR_GENERAL, sub $v0, $a1, $a2
        faults_in_slot EXC_RI, VECTOR_GENERAL, .word 0x0000000f
        faults_in_slot EXC_CPU, VECTOR_GENERAL, mfc1 $v0, $f0
        check_bits $s1, CAUSE_CE_MASK, 1 << CAUSE_CE_SHIFT
        faults_in_slot EXC_CPU, VECTOR_GENERAL, swc2 $2, 0($a2)
        faults_in_slot EXC_DBE, VECTOR_GENERAL, lw $v0, 0($a1)
        faults_in_slot EXC_ADEL, VECTOR_GENERAL, lh $v0, 1($a0)
        check_eq $s3, 0x00400001
        faults_in_slot EXC_ADES, VECTOR_GENERAL, sw $v0, 2($a0)
        check_eq $s3, 0x00400002
        faults_in_slot EXC_TLBL, VECTOR_UTLB, lw $v0, 0x2000($a0)
        check_eq $s3, 0x00402000
        faults_in_slot EXC_TLBS, VECTOR_UTLB, sw $v0, 0x2004($a0)
        check_eq $s3, 0x00402004
        faults_in_slot EXC_TLBL, VECTOR_GENERAL, lw $v0, 0x1000($a0)
        check_eq $s3, 0x00401000
        faults_in_slot EXC_TLBS, VECTOR_GENERAL, sb $v0, 0x1001($a0)
        check_eq $s3, 0x00401001
        faults_in_slot EXC_MOD, VECTOR_GENERAL, sw $v0, 8($a0)
        check_eq $s3, 0x00400008
        faults_in_slot EXC_TLBL, VECTOR_GENERAL, lbu $v0, 3($a3)
        check_eq $s3, 0xc0400003
        faults_in_slot EXC_TLBS, VECTOR_GENERAL, swl $v0, 2($a3)
        check_eq $s3, 0xc0400002
        check_eq $v0, 42
        test_pass 16

        .data
        .balign 4096
page:   .word   0x11111111, 0, 0
