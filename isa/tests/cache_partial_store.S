/* conformance 1.8: a store of less than a word goes to memory and is merged into the word if the
 * cache has it; if not, it does not bring it there. Little-endian. */
#include "isa/tests/test.h"
#include "isa/tests/cache.h"

        test_start
        la      $a0, memory
        uncached $a1, $a0
        li      $t0, 0xaabbccdd
        lw      $v0, 0($a0)             # four words into the cache
        sb      $t0, 1($a0)
        sh      $t0, 6($a0)
        swl     $t0, 10($a0)            # three bytes
        swr     $t0, 13($a0)            # three bytes
        lw      $v0, 0($a1)
        lw      $v1, 4($a1)
        lw      $t1, 8($a1)
        lw      $t2, 12($a1)
        check_eq $v0, 0x1122dd44
        check_eq $v1, 0xccdd3344
        check_eq $t1, 0x11aabbcc
        check_eq $t2, 0xbbccdd44
/* The cache has them still: it does not see memory change. */
        sw      $0, 0($a1)
        sw      $0, 4($a1)
        sw      $0, 8($a1)
        sw      $0, 12($a1)
        lw      $v0, 0($a0)
        lw      $v1, 4($a0)
        lw      $t1, 8($a0)
        lw      $t2, 12($a0)
        check_eq $v0, 0x1122dd44
        check_eq $v1, 0xccdd3344
        check_eq $t1, 0x11aabbcc
        check_eq $t2, 0xbbccdd44
/* A miss */
        sb      $t0, 64($a0)
        lw      $v0, 64($a1)
        sw      $0, 64($a1)
        lw      $v1, 64($a0)
        check_eq $v0, 0x112233dd
        check_eq $v1, 0
        test_pass

        .data
        .balign 128
memory: .fill   32, 4, 0x11223344
