/* Interrupts. The kernel runs with interrupts off, so user mode was interrupted: by the timer, whose
 * first interrupt ends the slice and whose second the grace period, by the FPU, or by a device. The
 * FPU comes first, for its exception is the interrupted instruction's; then the timer. A device's line
 * stays raised. */
#include "exokernel/abi/env.h"
#include "exokernel/abi/errors.h"
#include "exokernel/processor.h"
#include "exokernel/saved_registers.h"
#include "isa/devices/timer.h"
#include "isa/machine/cp0.h"
#include "isa/markers.h"

  .set noreorder
  .set noat
  .text

/* End of slice: from the general vector, k0 = context page.
 * The environment's a0, a1, a2 and PC go to its interrupt context, and it continues at its
 * slice_end handler, with a0, a1, a2 = 0, for at most the grace period.
 *   k1 = Cause; a0 = which of both, EPC, the timer's registers; a1, a2 = temporaries */
  .globl interrupt
  .type interrupt, @function
interrupt:
  exo_domain_begin "multiplexing"
  lw    $k1, PROCESSOR(PROCESSOR_TOLD)($0)
  nop                              # load delay slot
  bne   $k1, $0, other_interrupt
  mfc0  $k1, $CP0_CAUSE            # delay slot
  sw    $a0, EXO_CONTEXT_INTERRUPT_A0($k0)
  lw    $a0, PROCESSOR(PROCESSOR_FIRST_LINES)($0)
  sw    $a1, EXO_CONTEXT_INTERRUPT_A1($k0)
  lw    $a1, PROCESSOR(PROCESSOR_TIMER_LINE)($0)
  and   $a0, $k1, $a0
  bne   $a0, $a1, device_interrupt
  sw    $a2, EXO_CONTEXT_INTERRUPT_A2($k0)     # delay slot
  exo_op_begin "end of slice"

  /* Restart window: begin <= EPC < end rolls EPC back to its block's first instruction. */
  mfc0  $a0, $CP0_EPC
  lw    $a1, EXO_CONTEXT_RESTART_BEGIN($k0)
  lw    $a2, EXO_CONTEXT_RESTART_END($k0)
  sltu  $a1, $a0, $a1              # EPC < begin
  sltu  $a2, $a0, $a2              # EPC < end
  sltu  $a1, $a1, $a2              # 1 if in the window
  beq   $a1, $0, 1f
  li    $a1, -EXO_RESTART_BLOCK    # delay slot
  and   $a0, $a0, $a1
1:
  sw    $a0, EXO_CONTEXT_INTERRUPT_PC($k0)

  /* The grace period begins. Acknowledge first: an expiry of the new interval must not be lost. The
   * loop waits until the acknowledgement has left the write buffer. */
  lw    $a0, PROCESSOR(PROCESSOR_TIMER)($0)
  lw    $a1, PROCESSOR(PROCESSOR_GRACE_TICKS)($0)
  lw    $a2, PROCESSOR(PROCESSOR_CURRENT)($0)
  sw    $0, TIMER_STATUS($a0)
  sw    $a1, TIMER_INTERVAL($a0)
  sw    $a2, PROCESSOR(PROCESSOR_TOLD)($0)
  lw    $k1, EXO_CONTEXT_SLICE_END($k0)
  move  $a0, $0
1:
  bc0f  1b
  move  $a1, $0                    # delay slot
  move  $a2, $0
  jr    $k1
  exo_op_end "end of slice"
  rfe                              # delay slot
  exo_domain_end "multiplexing"
  .size interrupt, . - interrupt

/* A device has interrupted, or the FPU, or in the grace period the timer. The environment is resumed
 * where it was, with all registers but k0 and k1, unless C++ decides otherwise. */
  .type device_interrupt, @function
device_interrupt:
  exo_domain_begin "multiplexing"
  lw    $a0, EXO_CONTEXT_INTERRUPT_A0($k0)
  lw    $a1, EXO_CONTEXT_INTERRUPT_A1($k0)
other_interrupt:
  save_registers
  mfc0  $a0, $CP0_EPC
  jal   interrupt_in_cxx           # uint32_t (EPC, registers): where to continue
  addiu $a1, $sp, SAVED_REGISTERS  # delay slot
  move  $k0, $v0
  restore_registers
  jr    $k0
  rfe                              # delay slot
  exo_domain_end "multiplexing"
  .size device_interrupt, . - device_interrupt

/* Instead of kernel_call, once the first grace period of a slice is over: who runs then has been told
 * of the end, or is now, and does not pass the processor on. Refuses transfers, with BUSY. */
  .globl kernel_call_without_transfers
  .type kernel_call_without_transfers, @function
kernel_call_without_transfers:
  exo_domain_begin "protection"
  bgez  $v0, kernel_call
  nop                              # delay slot
  li    $v0, -EXO_ERROR_BUSY
  addiu $k1, $k1, 4
  jr    $k1
  rfe                              # delay slot
  exo_domain_end "protection"
  .size kernel_call_without_transfers, . - kernel_call_without_transfers
