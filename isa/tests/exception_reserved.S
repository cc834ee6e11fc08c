/* conformance 1.1 and 1.2: words that no instruction has raise RI: those of later MIPS levels and
 * the rdhwr that Linux emulates among them. */
#include "isa/tests/test.h"

        test_start
l1:     .word   0x0000000f              # sync
        check_exception 1, EXC_RI, l1

l2:     .word   0x00000001              # SPECIAL 01
        check_exception 2, EXC_RI, l2

l3:     .word   0x0000000a              # movz
        check_exception 3, EXC_RI, l3

l4:     .word   0x0000002c              # dadd
        check_exception 4, EXC_RI, l4

l5:     .word   0x50000000              # beql
        check_exception 5, EXC_RI, l5

l6:     .word   0x60000000              # daddi
        check_exception 6, EXC_RI, l6

l7:     .word   0x70000000              # opcode 1c
        check_exception 7, EXC_RI, l7

l8:     .word   0x7c03e83b              # rdhwr v1,$29
        check_exception 8, EXC_RI, l8

l9:     .word   0x9c000000              # lwu
        check_exception 9, EXC_RI, l9

l10:    .word   0xbc000000              # cache
        check_exception 10, EXC_RI, l10

l11:    .word   0xdc000000              # ld
        check_exception 11, EXC_RI, l11

l12:    .word   0xfc000000              # sd
        check_exception 12, EXC_RI, l12

l13:    .word   0x40400000              # cfc0
        check_exception 13, EXC_RI, l13

l14:    .word   0x42000003              # COP0 function 03
        check_exception 14, EXC_RI, l14

l15:    .word   0x42000018              # eret
        check_exception 15, EXC_RI, l15
        test_pass 15
