/* Status.RE of the R3000A: in user mode bytes and halfwords are where a big-endian processor has
 * them, and lwl, lwr, swl and swr follow; words and instructions stay. Kernel mode is not reversed.
 * options: --set cpu.model=r3000a
 */
#include "isa/tests/test.h"

        test_start
        map     8, 0x00400000, 0, user - KSEG0_BASE, ENTRYLO_V
        map     9, 0x00401000, 0, words - KSEG0_BASE, ENTRYLO_V | ENTRYLO_D
        li      $a0, 0x00401000
        la      $s6, back
        li      $t0, STATUS_RE | STATUS_KUP
        write_c0 $t0, CP0_STATUS
        li      $t0, 0x00400000
        jr      $t0
        rfe                             # delay slot
back:   li      $s6, 0
        check_eq $s0, 1
        check_bits $s1, CAUSE_EXCCODE_MASK, EXC_SYS << CAUSE_EXCCODE_SHIFT
        check_bits $s4, STATUS_RE, STATUS_RE
        check_eq $v0, 0x11
        check_eq $v1, 0x44
        check_eq $a1, 0x1122
        check_eq $a2, 0x3344
        check_eq $a3, 0x11223344
        check_eq $t1, 0x223344dd
        check_eq $t2, 0xaabb1122
        check_eq $t3, 0xffffff88
        check_eq $t4, 0xffff8877

        la      $a0, words              # as kernel mode sees it, RE still set
        lbu     $v0, 0($a0)
        lhu     $v1, 2($a0)
        nop
        check_eq $v0, 0x44
        check_eq $v1, 0x1122
        .irp    expected, 0xdd000000, 0x0000ccdd, 0x00aabbcc, 0xccdd0000
        lw      $v0, 8($a0)
        addiu   $a0, $a0, 4
        check_eq $v0, \expected
        .endr
        test_pass 1

        .data
        .balign 4096
user:   lbu     $v0, 0($a0)
        lbu     $v1, 3($a0)
        lhu     $a1, 0($a0)
        lhu     $a2, 2($a0)
        lw      $a3, 0($a0)
        lui     $t1, 0xaabb
        ori     $t1, $t1, 0xccdd
        move    $t5, $t1
        move    $t2, $t1
        lwl     $t1, 1($a0)
        lwr     $t2, 1($a0)
        lb      $t3, 4($a0)
        lh      $t4, 4($a0)
        sb      $t5, 8($a0)
        sh      $t5, 14($a0)
        swl     $t5, 17($a0)
        swr     $t5, 21($a0)
        syscall
        .balign 4096
words:  .word   0x11223344, 0x88776655, 0, 0, 0, 0
