/* conformance 1.8: the probes of Linux for the R3000 (c-r3k.c) find 64 KiB and words of 4 bytes in
 * both caches, and leave memory alone. */
#include "isa/tests/test.h"
#include "isa/tests/cache.h"

        test_start
        j       begin
        nop                             # delay slot

/* The probes write the caches at 0 and at powers of two from 0x200 on: between those all is code. */
        .org    0x3000
/* v0: the size in bytes of the cache \cache, or 0. Words are stored at sizes from 128 to 0x40000
 * words, 0 in all, then -1 in the first: the size is where that is seen again. */
        .macro  probe_size cache
        li      $a0, KSEG0_BASE
        set_status \cache
        li      $t0, 0xa5a55a5a
        sw      $t0, 0($a0)
        lw      $t1, 0($a0)
        get_c0  $t2, CP0_STATUS
        check_eq $t1, 0xa5a55a5a
        check_bits $t2, STATUS_CM, 0
        li      $t0, 128 * 4
        li      $t3, 0x80000 * 4
1:      addu    $t1, $a0, $t0
        sll     $t0, $t0, 1
        bne     $t0, $t3, 1b
        sw      $0, 0($t1)              # delay slot
        li      $t0, -1
        sw      $t0, 0($a0)
        li      $v0, 128 * 4
2:      addu    $t1, $a0, $v0
        lw      $t2, 0($t1)
        sll     $v0, $v0, 1
        bnez    $t2, 3f
        nop                             # delay slot
        bne     $v0, $t3, 2b
        nop                             # delay slot
        li      $v0, 0
3:      srl     $v0, $v0, 1
        set_status 0
        .endm

/* v0: the words of 4 bytes that one valid bit is for. */
        .macro  probe_line cache
        li      $a0, KSEG0_BASE
        set_status \cache
        li      $t0, 128 * 4
1:      addiu   $t0, $t0, -4
        addu    $t1, $a0, $t0
        bnez    $t0, 1b
        sw      $0, 0($t1)              # delay slot
        sb      $0, 0($a0)
        li      $v0, 4
2:      addu    $t1, $a0, $v0
        lw      $0, 0($t1)
        read_c0 $t2, CP0_STATUS
        li      $t3, STATUS_CM
        and     $t2, $t2, $t3
        beqz    $t2, 3f
        li      $t3, 128 * 4            # delay slot
        sll     $v0, $v0, 1
        bne     $v0, $t3, 2b
        nop                             # delay slot
3:      srl     $v0, $v0, 2
        li      $t0, 128 * 4
4:      addiu   $t0, $t0, -4
        addu    $t1, $a0, $t0
        bnez    $t0, 4b
        sb      $0, 0($t1)              # delay slot
        set_status 0
        .endm

begin:  li      $a1, KSEG1_BASE
        lw      $a2, 0($a1)
        lw      $a3, 0x200($a1)
        probe_size DATA_CACHE
        check_eq $v0, CACHE_BYTES
        probe_size INSTRUCTION_CACHE
        check_eq $v0, CACHE_BYTES
        probe_line DATA_CACHE
        check_eq $v0, 1
        probe_line INSTRUCTION_CACHE
        check_eq $v0, 1
        flush_cache DATA_CACHE
        flush_cache INSTRUCTION_CACHE
        lw      $t0, 0($a1)
        lw      $t1, 0x200($a1)
        check_same $t0, $a2
        check_same $t1, $a3
        lui     $a0, KSEG0_BASE >> 16
        lw      $t0, 0($a0)
        nop
        check_same $t0, $a2
/* The vectors are intact. */
called: syscall
        check_exception 1, EXC_SYS, called
        test_pass 1
        .if     . - begin > 0xc00
        .error  "the code reaches an address that the probes write"
        .endif
