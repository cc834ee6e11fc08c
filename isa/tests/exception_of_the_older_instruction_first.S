/* When several instructions in the pipeline are at fault, the oldest has its exception, and once it
 * is put aside the next: a load's bus error before the syscall behind it, a fault of the delay slot
 * before that of the fetch at the target. */
#include "isa/tests/test.h"

        test_start
        li      $a0, ABSENT_KSEG1
        li      $a1, 0x7fffffff
load:   lw      $v0, 0($a0)
trap:   syscall
        check_eq $s0, 2
        check_address $s2, trap

        la      $s6, 1f
        lw      $v0, 0($a0)
        syscall
1:      check_exception 3, EXC_DBE, 1b - 8

        la      $s6, 2f
        addi    $v0, $a1, 1
        .word   0x0000000f              # reserved
2:      check_exception 4, EXC_OV, 2b - 8

        la      $s6, 3f
        jr      $a1                     # misaligned
        addi    $v0, $a1, 1             # delay slot
3:      check_slot_exception 5, EXC_OV, 3b - 8

        la      $s6, 4f
        jr      $a0                     # where nothing is
        sw      $v0, 0($0)              # delay slot
4:      check_slot_exception 6, EXC_TLBS, 4b - 8

        la      $s6, 5f
        li      $a2, 0x00400000
        jr      $a2                     # where nothing is mapped
        syscall                         # delay slot
5:      check_slot_exception 7, EXC_SYS, 5b - 8
        test_pass 7
