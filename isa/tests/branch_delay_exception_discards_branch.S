/* conformance 1.4: after an exception in a delay slot the branch is forgotten: the handler runs on
 * in a line. Here the slot is on the next page, which is not mapped: a TLB miss of the fetch. */
#include "isa/tests/test.h"

        test_start
        map     8, 0x00400000, 0, page - KSEG0_BASE, ENTRYLO_V
        la      $s6, missed
        li      $v0, 0
        enter_user 0x00400ffc           # the last word: a branch, its slot on the next page
missed: li      $v0, 1                  # had the branch been kept, it would go elsewhere now
        li      $v1, 2
        check_eq $s0, 1
        check_eq $s2, 0x00400ffc
        check_eq $s3, 0x00401000
        check_bits $s1, CAUSE_BD | CAUSE_EXCCODE_MASK, CAUSE_BD | (EXC_TLBL << CAUSE_EXCCODE_SHIFT)
        check_eq $s5, 0
        check_eq $v0, 1
        check_eq $v1, 2
        test_pass 1

        .data
        .balign 4096
page:   .space  4092
        b       . - 64
