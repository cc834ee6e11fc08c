/* How each image of bench/machine begins: the vectors, then main(), whose result is the exit
 * status. The refill handler is the shortest for a linear page table: nine instructions. */
#include "isa/devices/console.h"
#include "isa/machine/cp0.h"
#include "isa/machine/exceptions.h"
#include "isa/machine/memory_map.h"

#define CONSOLE_KSEG1 0xb0000000 /* physical 0x10000000, uncached */
#define UNEXPECTED_EXCEPTION 100

        .set    noreorder
        .set    noat

        .section .vectors, "ax"
        mfc0    $k0, $CP0_CONTEXT
        mfc0    $k1, $CP0_EPC
        lw      $k0, 0($k0)
        nop
        mtc0    $k0, $CP0_ENTRYLO
        nop
        tlbwr
        jr      $k1
        rfe                                     # delay slot
        .org    VECTOR_GENERAL - KSEG0_BASE
        j       exception
        nop                                     # delay slot

        .text
        .globl  _start
_start: jal     main                            # sp: the top of RAM
        addiu   $sp, $sp, -16                   # delay slot: room for what main() saves
end:    lui     $t0, CONSOLE_KSEG1 >> 16
        sw      $v0, CONSOLE_EXIT($t0)
        b       end
        nop                                     # delay slot

/* An image that takes exceptions has its own. */
        .weak   exception
exception:
        b       end
        li      $v0, UNEXPECTED_EXCEPTION       # delay slot
