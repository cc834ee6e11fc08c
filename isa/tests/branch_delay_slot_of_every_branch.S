/* conformance 1.4: the instruction after every kind of branch and jump, taken or not, is in a delay
 * slot: its exception names the branch. A link is written all the same. */
#include "isa/tests/test.h"

        .set    slots, 0
        .macro  has_slot branch:vararg
        .set    slots, slots + 1
.Lbranch\@:
        \branch
        syscall                         # delay slot; the handler goes on after it
        check_slot_exception slots, EXC_SYS, .Lbranch\@
        .endm

        .macro  links branch:vararg
        li      $ra, 0
        has_slot \branch
        addiu   $s2, $s2, 8             # of the branch
        check_same $ra, $s2
        .endm

        test_start
        li      $t1, 1
        li      $t2, -1
        la      $t0, wrong
        has_slot j wrong
        has_slot jr $t0
        has_slot jalr $0, $t0
        links   jal wrong
        links   jalr $t0
        has_slot beq $0, $0, wrong
        has_slot beq $0, $t1, wrong
        has_slot bne $0, $t1, wrong
        has_slot bne $0, $0, wrong
        has_slot blez $0, wrong
        has_slot blez $t1, wrong
        has_slot bgtz $t1, wrong
        has_slot bgtz $0, wrong
        has_slot bltz $t2, wrong
        has_slot bltz $0, wrong
        has_slot bgez $0, wrong
        has_slot bgez $t2, wrong
        links   bltzal $t2, wrong
        links   bltzal $0, wrong
        links   bgezal $0, wrong
        links   bgezal $t2, wrong
        has_slot bc0t wrong
        has_slot bc0f wrong
        test_pass 23
wrong:  li      $v0, 1
        check_eq $v0, 0
