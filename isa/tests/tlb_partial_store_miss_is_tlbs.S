/* conformance 1.7: sb, sh, swl and swr that miss raise TLBS; lwl and lwr TLBL. */
#include "isa/tests/test.h"

        test_start
        li      $a0, 0x00400000

l1:     sb      $v0, 1($a0)
        nop
        check_exception 1, EXC_TLBS, l1
        check_eq $s3, 0x00400000 + 1

l2:     sh      $v0, 2($a0)
        nop
        check_exception 2, EXC_TLBS, l2
        check_eq $s3, 0x00400000 + 2

l3:     swl     $v0, 1($a0)
        nop
        check_exception 3, EXC_TLBS, l3
        check_eq $s3, 0x00400000 + 1

l4:     swr     $v0, 1($a0)
        nop
        check_exception 4, EXC_TLBS, l4
        check_eq $s3, 0x00400000 + 1

l5:     lwl     $v0, 2($a0)
        nop
        check_exception 5, EXC_TLBL, l5
        check_eq $s3, 0x00400000 + 2

l6:     lwr     $v0, 3($a0)
        nop
        check_exception 6, EXC_TLBL, l6
        check_eq $s3, 0x00400000 + 3

l7:     lb      $v0, 1($a0)
        nop
        check_exception 7, EXC_TLBL, l7
        check_eq $s3, 0x00400000 + 1
        test_pass 7
