/* Each byte and halfword has its place in the cached word as it has in memory, little-endian: what a
 * store merges there, loads of every width find, in the cache and, isolated, in the array itself. */
#include "isa/tests/test.h"
#include "isa/tests/cache.h"

/* \load at \offset finds \value: in the cache, in memory, and in the isolated cache. */
        .macro  check_part load, offset, value
        \load   $v0, \offset($a0)
        \load   $v1, \offset($a1)
        set_status DATA_CACHE
        \load   $t1, \offset($a0)
        set_status 0
        check_eq $v0, \value
        check_eq $v1, \value
        check_eq $t1, \value
        .endm

        test_start
        la      $a0, memory
        uncached $a1, $a0
        lw      $v0, 0($a0)             # into the cache
        li      $t0, 0x81
        sb      $t0, 0($a0)
        li      $t0, 0x92
        sb      $t0, 1($a0)
        li      $t0, 0xa3
        sb      $t0, 2($a0)
        li      $t0, 0xb4
        sb      $t0, 3($a0)
        li      $t0, 0xc5d6
        sh      $t0, 4($a0)
        li      $t0, 0xe7f8
        sh      $t0, 6($a0)
        check_part lw, 0, 0xb4a39281
        check_part lw, 4, 0xe7f8c5d6
        check_part lbu, 0, 0x81
        check_part lbu, 1, 0x92
        check_part lbu, 2, 0xa3
        check_part lb, 3, 0xffffffb4
        check_part lhu, 0, 0x9281
        check_part lh, 2, 0xffffb4a3
        check_part lbu, 4, 0xd6
        check_part lbu, 7, 0xe7
        check_part lhu, 4, 0xc5d6
        check_part lhu, 6, 0xe7f8
        test_pass

        .data
        .balign 64
memory: .fill   16, 4, 0x11223344
