/* conformance 1.7: no match in kuseg, also from kernel mode and for a fetch, goes to the UTLB
 * vector with TLBL or TLBS. */
#include "isa/tests/test.h"

        test_start
        li      $a0, 0x00400000
load:   lw      $v0, 0($a0)
        nop
        check_exception 1, EXC_TLBL, load
        check_eq $s5, VECTOR_UTLB & 0xffff
        check_same $s3, $a0
store:  sw      $v0, 4($a0)
        check_exception 2, EXC_TLBS, store
        check_eq $s5, VECTOR_UTLB & 0xffff
        la      $s6, 1f
        jr      $a0
        nop                             # delay slot
1:      li      $s6, 0
        check_bits $s1, CAUSE_EXCCODE_MASK | CAUSE_BD, EXC_TLBL << CAUSE_EXCCODE_SHIFT
        check_same $s2, $a0
        check_same $s3, $a0
        check_eq $s5, VECTOR_UTLB & 0xffff
        la      $s6, 1f
        enter_user 0x7fffe000
1:      li      $s6, 0
        check_eq $s2, 0x7fffe000
        check_eq $s5, VECTOR_UTLB & 0xffff
        check_bits $s4, STATUS_KUP, STATUS_KUP
        test_pass 4
