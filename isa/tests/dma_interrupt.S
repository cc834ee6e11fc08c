/* isa/devices/dma.h: a transfer with DMA_FLAG_INTERRUPT sets DONE at its end; the line is high
 * until that is acknowledged. The processor waits in an empty loop that nothing else can end. */
#include "isa/tests/test.h"
#include "isa/tests/dma.h"

        test_start
        start_dma 2, DMA_CONTROL_ENABLE | DMA_CONTROL_INTERRUPT
        la      $s6, taken
        ori     $t4, $t9, STATUS_IEP
        write_c0 $t4, CP0_STATUS
        la      $t1, idle
        ring_doorbell 2
        jr      $t1
        rfe                             # delay slot
idle:   b       idle
        nop                             # delay slot
taken:  write_c0 $0, CP0_STATUS
        check_eq $s0, 1
        check_bits $s1, CAUSE_EXCCODE_MASK, (EXC_INT << CAUSE_EXCCODE_SHIFT)
        and     $v0, $s1, $t9
        check_same $v0, $t9
        check_register DMA_HEAD, 2      # the first has not interrupted
        check_register DMA_STATUS, DMA_STATUS_DONE
        check_result 1, DMA_RESULT_DONE, 4
        check_memory to + 4, 7

        li      $t0, DMA_STATUS_DONE
        write_dma $t0, DMA_STATUS
        lw      $v0, DMA_STATUS($t8)    # the store has reached it
        get_c0  $t1, CP0_CAUSE
        and     $t1, $t1, $t9
        check_eq $v0, 0
        check_eq $t1, 0
        test_pass 1

        .data
        .balign DMA_RING_ALIGNMENT
ring:   descriptor from, to, 4
        descriptor from, to + 4, 4, DMA_FLAG_INTERRUPT
from:   .word   7
to:     .word   0, 0
