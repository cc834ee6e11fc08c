/* conformance 1.6, Context: PTEBase can be written; BadVPN is bits 30:12 of the address that
 * missed, and cannot. */
#include "isa/tests/test.h"

        test_start
        li      $t0, 0xffe00000
        write_c0 $t0, CP0_CONTEXT
        nop
        li      $a0, 0x7ffff000
1:      lw      $v0, 0x123($a0)         # misaligned: no TLB exception
        get_c0  $v0, CP0_CONTEXT
        check_eq $s0, 1
        sw      $0, 0x120($a0)
        get_c0  $v1, CP0_CONTEXT
        check_eq $v1, 0xffe00000 | (0x7ffff << 2)
        li      $t0, 0x12345678
        write_c0 $t0, CP0_CONTEXT
        get_c0  $v0, CP0_CONTEXT
        check_eq $v0, (0x12345678 & CONTEXT_PTEBASE_MASK) | (0x7ffff << 2)
        li      $a0, 0xc0001000         # bit 31 is not part of BadVPN
        lw      $v0, 0($a0)
        get_c0  $v0, CP0_CONTEXT
        check_eq $v0, (0x12345678 & CONTEXT_PTEBASE_MASK) | (0x40001 << 2)
        test_pass 3
