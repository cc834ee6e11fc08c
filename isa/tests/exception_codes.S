/* The numbers of the exceptions in Cause.ExcCode, as numbers: no name is used for them here. */
#include "isa/tests/test.h"

        .macro  check_code code
        check_bits $s1, 0x7c, \code << 2
        .endm

        test_start
        map     8, 0x00400000, 0, 0, ENTRYLO_V
        li      $a0, 0x00400000
        li      $a1, 0x7fffffff
        li      $a2, ABSENT_KSEG1
        sw      $0, 0($a0)
        check_code 1                    # Mod
        lw      $v0, 0($0)
        check_code 2                    # TLBL
        sw      $v0, 0($0)
        check_code 3                    # TLBS
        lw      $v0, 1($0)
        check_code 4                    # AdEL
        sw      $v0, 1($0)
        check_code 5                    # AdES
        la      $s6, 1f
        jr      $a2
        nop                             # delay slot
1:      li      $s6, 0
        check_code 6                    # IBE
        lw      $v0, 0($a2)
        check_code 7                    # DBE
        syscall
        check_code 8
        break
        check_code 9
        .word   0x0000000f
        check_code 10                   # RI
        mfc2    $v0, $0
        check_code 11                   # CpU
        addi    $v0, $a1, 1
        check_code 12                   # Ov

        la      $s6, 2f
        li      $t0, 0x100
        write_c0 $t0, CP0_CAUSE
        li      $t0, 0x101
        write_c0 $t0, CP0_STATUS
        nop
        nop
2:      check_code 0                    # Int
        test_pass 13
