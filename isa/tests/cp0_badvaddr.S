/* conformance 1.6, BadVAddr: written by address errors and TLB exceptions only, not by bus errors,
 * syscall or overflow, and not by software. */
#include "isa/tests/test.h"

        test_start
        li      $a0, 0x00400120
        lw      $v0, 4($a0)             # TLB refill
        li      $t1, 0x00400124
        check_same $s3, $t1
        syscall
        check_same $s3, $t1
        break
        check_same $s3, $t1
        li      $t0, 0x7fffffff
        add     $t0, $t0, $t0           # overflow
        check_same $s3, $t1
        .word   0x0000000f              # reserved
        check_same $s3, $t1
        lwc1    $f0, 0($a0)             # coprocessor unusable
        check_same $s3, $t1
        li      $t0, ABSENT_KSEG1
        lw      $v0, 0($t0)             # bus error
        check_eq $s0, 7
        check_same $s3, $t1
        li      $t0, -1
        write_c0 $t0, CP0_BADVADDR
        get_c0  $v0, CP0_BADVADDR
        check_same $v0, $t1
        la      $a0, _start
        lh      $v0, 1($a0)             # misaligned
        addiu   $t1, $a0, 1
        check_same $s3, $t1
        test_pass 8
