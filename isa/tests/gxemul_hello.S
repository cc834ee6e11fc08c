/* A bare image that prints the same text here and under `gxemul -E testmips -C R3000`: sums,
 * products, remainders, primes, a checksum, a reversed string, an unaligned word. It uses only
 * the console registers that both machines have, in kseg1, and ends by powering off. */
#include "isa/devices/console.h"

#define CONSOLE 0xb0000000 /* physical 0x10000000, uncached: where testmips has its console */

        .text
        .globl _start
        .set reorder
_start:
        la      $4, greeting
        jal     print_string
        jal     print_sum
        jal     print_factorials
        jal     print_gcd
        jal     print_primes
        jal     print_checksum
        jal     print_reversed
        jal     print_unaligned
        li      $8, CONSOLE
        sb      $0, CONSOLE_HALT($8)
forever:
        b       forever

/* The sum of 1 to 1000, by addition. */
print_sum:
        move    $20, $31
        li      $16, 1000
        li      $17, 0
1:      addu    $17, $17, $16
        addiu   $16, $16, -1
        bgtz    $16, 1b
        la      $4, sum_text
        jal     print_string
        move    $4, $17
        jal     print_decimal
        jal     print_newline
        jr      $20

/* 1! to 13!, the last one cut to 32 bits; each with its high word. */
print_factorials:
        move    $20, $31
        li      $16, 1
        li      $17, 1
1:      multu   $17, $16
        mflo    $17
        mfhi    $18
        move    $4, $17
        jal     print_decimal
        li      $4, '+'
        jal     print_character
        move    $4, $18
        jal     print_decimal
        li      $4, ' '
        jal     print_character
        addiu   $16, $16, 1
        slti    $8, $16, 14
        bnez    $8, 1b
        jal     print_newline
        jr      $20

/* gcd(3528, -3780), by signed division; the remainder takes the dividend's sign. */
print_gcd:
        move    $20, $31
        li      $16, 3528
        li      $17, -3780
1:      div     $0, $16, $17
        mfhi    $8
        move    $16, $17
        move    $17, $8
        bnez    $17, 1b
        la      $4, gcd_text
        jal     print_string
        move    $4, $16
        jal     print_hex
        jal     print_newline
        jr      $20

/* The primes below 100, by a sieve of bytes. */
print_primes:
        move    $20, $31
        la      $16, sieve
        li      $17, 2
1:      addu    $8, $16, $17
        lbu     $9, 0($8)
        bnez    $9, 3f
        move    $4, $17
        jal     print_decimal
        li      $4, ' '
        jal     print_character
        li      $9, 1
        addu    $10, $17, $17
2:      sltiu   $8, $10, 100
        beqz    $8, 3f
        addu    $8, $16, $10
        sb      $9, 0($8)
        addu    $10, $10, $17
        b       2b
3:      addiu   $17, $17, 1
        slti    $8, $17, 100
        bnez    $8, 1b
        jal     print_newline
        jr      $20

/* CRC-32 of the greeting, bit by bit. */
print_checksum:
        move    $20, $31
        la      $16, greeting
        li      $17, -1
        li      $18, 0xedb88320
1:      lbu     $8, 0($16)
        addiu   $16, $16, 1
        beqz    $8, 4f
        xor     $17, $17, $8
        li      $9, 8
2:      andi    $10, $17, 1
        srl     $17, $17, 1
        beqz    $10, 3f
        xor     $17, $17, $18
3:      addiu   $9, $9, -1
        bgtz    $9, 2b
        b       1b
4:      la      $4, checksum_text
        jal     print_string
        nor     $4, $17, $0
        jal     print_hex
        jal     print_newline
        jr      $20

/* The alphabet backwards, reversed in place in memory. */
print_reversed:
        move    $20, $31
        la      $16, alphabet
        addiu   $17, $16, 25
1:      lb      $8, 0($16)
        lb      $9, 0($17)
        sb      $9, 0($16)
        sb      $8, 0($17)
        addiu   $16, $16, 1
        addiu   $17, $17, -1
        sltu    $8, $16, $17
        bnez    $8, 1b
        la      $4, alphabet
        jal     print_string
        jal     print_newline
        jr      $20

/* A word moved from an odd address to another by lwl, lwr, swl, swr (little-endian). */
print_unaligned:
        move    $20, $31
        la      $16, alphabet
        lwl     $17, 4($16)
        lwr     $17, 1($16)
        swl     $17, 14($16)
        swr     $17, 11($16)
        move    $4, $17
        jal     print_hex
        jal     print_newline
        la      $4, alphabet
        jal     print_string
        jal     print_newline
        jr      $20

/* The string at a0. */
print_string:
        li      $8, CONSOLE
1:      lbu     $9, 0($4)
        addiu   $4, $4, 1
        beqz    $9, 2f
        sb      $9, CONSOLE_DATA($8)
        b       1b
2:      jr      $31

print_newline:
        li      $4, '\n'
/* The character in a0. */
print_character:
        li      $8, CONSOLE
        sb      $4, CONSOLE_DATA($8)
        jr      $31

/* a0, unsigned. */
print_decimal:
        la      $9, digits_end
        li      $10, 10
1:      divu    $0, $4, $10
        mflo    $4
        mfhi    $11
        addiu   $11, $11, '0'
        addiu   $9, $9, -1
        sb      $11, 0($9)
        bnez    $4, 1b
        move    $4, $9
        b       print_string

/* a0, as eight hexadecimal digits. */
print_hex:
        la      $9, digits_end
        li      $10, 8
1:      andi    $11, $4, 15
        srl     $4, $4, 4
        sltiu   $12, $11, 10
        addiu   $11, $11, '0'
        bnez    $12, 2f
        addiu   $11, $11, 'a' - '0' - 10
2:      addiu   $9, $9, -1
        sb      $11, 0($9)
        addiu   $10, $10, -1
        bnez    $10, 1b
        move    $4, $9
        b       print_string

        .data
greeting:
        .asciz  "Two machines, one text.\n"
sum_text:
        .asciz  "1 + ... + 1000 = "
gcd_text:
        .asciz  "gcd(3528, -3780) in hex: "
checksum_text:
        .asciz  "CRC-32 of the first line: 0x"
alphabet:
        .asciz  "abcdefghijklmnopqrstuvwxyz"
digits:
        .space  12
digits_end:
        .byte   0
sieve:
        .space  100
