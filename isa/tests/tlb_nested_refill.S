/* conformance 1.6 and 1.7: a refill handler whose page table is in kseg2 and misses there: the
 * second exception comes through the general vector with EPC in the handler, BadVAddr the page
 * table's, and the modes pushed twice. The first EPC is lost unless the handler has saved it. */
#include "isa/tests/test.h"

#define PAGE_TABLE 0xc0000000
#define ADDRESS 0x00403008

        test_start refill
        li      $t0, PAGE_TABLE
        write_c0 $t0, CP0_CONTEXT
        la      $s6, nested
        li      $s7, 0                  # entries into refill
        li      $t0, STATUS_KUP | STATUS_KUO | STATUS_IEO
        write_c0 $t0, CP0_STATUS
        li      $a0, ADDRESS & ~(PAGE_SIZE - 1)
load:   lw      $v0, ADDRESS & (PAGE_SIZE - 1)($a0)
        nop
        check_eq $v0, 0x33333333
        check_eq $s7, 2
        test_pass 1

refill: addiu   $s7, $s7, 1
        read_c0 $k0, CP0_CONTEXT
        read_c0 $k1, CP0_EPC
table:  lw      $k0, 0($k0)
        nop
        write_c0 $k0, CP0_ENTRYLO
        nop
        tlbwr
        jr      $k1
        rfe                             # delay slot

nested: move    $t1, $k1                # the first EPC
        check_address $t1, load
        check_exception 1, EXC_TLBL, table
        check_bits $s1, CAUSE_BD, 0
        check_eq $s3, PAGE_TABLE | (0x403 << 2)
        check_eq $s5, VECTOR_GENERAL & 0xffff
        check_bits $s4, STATUS_KUIE_MASK, 0 # both pairs of the two exceptions: kernel, off
        map     0, PAGE_TABLE + 0x1000, 0, table_page - KSEG0_BASE, ENTRYLO_V
        jr      $t1                     # again from the start: the table is mapped now
        nop                             # delay slot

        .data
        .balign 4096
table_page:
        .space  3 * 4
        .word   page - KSEG0_BASE + ENTRYLO_V
        .balign 4096
page:   .word   0, 0, 0x33333333
