/* conformance 1.4: a branch in a delay slot lets one instruction run at the first target and goes
 * on at its own target, a displacement counted from that first target. The shapes and the numbers
 * are those that the pcsx-redux tests (branchbranch, jumpjump) found on a real processor. */
#include "isa/tests/test.h"

        test_start
        la      $t0, after_branches
        ori     $v0, $0, 1
        b       first
        b       second                  # delay slot
        ori     $v0, $v0, 2             # delay slot
        jr      $t0
        ori     $v0, $v0, 4             # delay slot
first:  ori     $v0, $v0, 8             # the only one here
        jr      $t0
        ori     $v0, $v0, 16            # delay slot
second: ori     $v0, $v0, 32
        jr      $t0
        ori     $v0, $v0, 64            # delay slot
        ori     $v0, $v0, 128           # second + (first - address after the second branch)
        jr      $t0
        ori     $v0, $v0, 256           # delay slot
after_branches:
        check_eq $v0, 0x189

        la      $t0, after_jumps
        ori     $v0, $0, 1
        j       third
        j       fourth                  # delay slot
        ori     $v0, $v0, 2             # delay slot
        jr      $t0
        ori     $v0, $v0, 4             # delay slot
third:  ori     $v0, $v0, 8
        jr      $t0
        ori     $v0, $v0, 16            # delay slot
fourth: ori     $v0, $v0, 32            # absolute
        jr      $t0
        ori     $v0, $v0, 64            # delay slot
        ori     $v0, $v0, 128
        jr      $t0
        ori     $v0, $v0, 256           # delay slot
after_jumps:
        check_eq $v0, 0x69

/* A branch that is not taken, in the slot of one that is: the second ends at the first target +
 * 4. */
        li      $v0, 0
        b       fifth
        bne     $0, $0, first           # delay slot
        addiu   $v0, $v0, 1             # delay slot
fifth:  addiu   $v0, $v0, 2             # once
        addiu   $v0, $v0, 4
        check_eq $v0, 6
        test_pass
