/* conformance 1.8: on the R2000 a store of less than a word drops the word if the cache has it, and
 * the words beside it stay. The model alone says so. Each store has a block of its own.
 * options: --set cpu.model=r2000
 */
#include "isa/tests/test.h"
#include "isa/tests/cache.h"

        test_start
        la      $a0, memory
        uncached $a1, $a0
        li      $t0, 0xaabbccdd
        .irp    block, 0, 16, 32, 48
        lw      $v0, \block($a0)        # into the cache
        .endr
        sb      $t0, 1($a0)
        sh      $t0, 18($a0)
        swl     $t0, 34($a0)            # three bytes
        swr     $t0, 49($a0)            # three bytes
        lw      $v0, 0($a1)
        lw      $v1, 16($a1)
        lw      $t1, 32($a1)
        lw      $t2, 48($a1)
        check_eq $v0, 0x1122dd44
        check_eq $v1, 0xccdd3344
        check_eq $t1, 0x11aabbcc
        check_eq $t2, 0xbbccdd44
/* Memory changes: the cache has the words beside still, and those that were stored to no more. */
        .irp    block, 0, 16, 32, 48
        sw      $0, \block($a1)
        sw      $0, \block + 4($a1)
        lw      $v0, \block + 4($a0)
        lw      $v1, \block($a0)
        check_eq $v0, 0x11223344
        check_eq $v1, 0
        .endr
        test_pass

        .data
        .balign 128
memory: .fill   32, 4, 0x11223344
