/* conformance 1.6: CpCond0, which bc0t and bc0f test, is true when the write buffer is empty. A store
 * that is still in the pipeline is not in it. */
#include "isa/tests/test.h"
#include "isa/tests/write_buffer.h"

        test_start
        la      $a0, words
        la      $a1, words + 0x1000     # another DRAM page: its writes take long
        li      $t2, 2                  # in the second turn the code is in the cache
turn:   wait_for_writes
        li      $v0, 0
        li      $v1, 0
        sw      $0, 0($a0)
        bc0f    1f                      # the store is in RD
        nop                             # delay slot
        li      $v0, 1
1:      wait_for_writes
        sw      $0, 0($a0)
        sw      $0, 0($a1)
        sw      $0, 4($a0)
        sw      $0, 4($a1)
        nop
        nop
        nop
        bc0t    2f
        nop                             # delay slot
        li      $v1, 1
2:      wait_for_writes
        addiu   $t2, $t2, -1
        bnez    $t2, turn
        li      $t3, 0                  # delay slot
        bc0f    3f
        nop                             # delay slot
        li      $t3, 1
3:      check_eq $v0, 1                 # empty, as far as the signal knows
        check_eq $v1, 1                 # not empty
        check_eq $t3, 1                 # empty
        test_pass

        .data
        .balign 0x1000
words:  .fill   0x402, 4, 0
