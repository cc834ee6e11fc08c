/* conformance 1.7: NetBSD's refill handler begins with a test of the address's sign, since some chips
 * entered it for kernel addresses too. Here it finds user addresses only, and maps them. */
#include "isa/tests/test.h"

#define ADDRESS 0x00403008

        test_start refill
        li      $s7, 0                  # kernel addresses seen by refill
        li      $a0, ADDRESS
        lw      $v0, 0($a0)
        nop
        check_eq $v0, 0x44444444
        li      $a0, 0xc0403008         # kseg2: through the general vector
        la      $s6, skipped
        lw      $v0, 0($a0)
        nop
skipped:
        check_eq $s0, 1
        check_eq $s5, VECTOR_GENERAL & 0xffff
        check_eq $s7, 0
        test_pass 1

refill: get_c0  $k0, CP0_BADVADDR
        bltz    $k0, kernel_address
        read_c0 $k1, CP0_EPC
        la      $k0, page - KSEG0_BASE + ENTRYLO_V
        write_c0 $k0, CP0_ENTRYLO
        nop
        tlbwr
        jr      $k1
        rfe                             # delay slot
kernel_address:
        addiu   $s7, $s7, 1
        jr      $k1
        rfe                             # delay slot

        .data
        .balign 4096
page:   .word   0, 0, 0x44444444
