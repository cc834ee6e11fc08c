/* The registers of the floating-point coprocessor, which must be usable. */
#include "isa/machine/cp0.h"
#include "isa/machine/fpu.h"
#include "isa/markers.h"

  .set noreorder
  .set hardfloat
  .text

#define ALL_REGISTERS 0, 1, 2, 3, 4, 5, 6, 7, 8, 9, 10, 11, 12, 13, 14, 15, 16, 17, 18, 19, 20, \
  21, 22, 23, 24, 25, 26, 27, 28, 29, 30, 31

/* void fpu_save(uint32_t area[33]): f0 to f31, then the status. Reading the status waits until
 * every operation is done. */
  .globl fpu_save
  .type fpu_save, @function
fpu_save:
  exo_domain_begin "multiplexing"
  cfc1  $t0, $31
  .irp  number, ALL_REGISTERS
  swc1  $f\number, 4 * \number($a0)
  .endr
  jr    $ra
  sw    $t0, 4 * 32($a0)           # delay slot
  exo_domain_end "multiplexing"
  .size fpu_save, . - fpu_save

/* void fpu_load(const uint32_t area[33]). No cause is set: nothing is pending of what another has
 * done. */
  .globl fpu_load
  .type fpu_load, @function
fpu_load:
  exo_domain_begin "multiplexing"
  lw    $t0, 4 * 32($a0)
  li    $t1, FCSR_MASK & ~(0x3f << FCSR_CAUSE_SHIFT)
  .irp  number, ALL_REGISTERS
  lwc1  $f\number, 4 * \number($a0)
  .endr
  and   $t0, $t0, $t1
  jr    $ra
  ctc1  $t0, $31           # delay slot
  exo_domain_end "multiplexing"
  .size fpu_load, . - fpu_load

/* uint32_t fpu_status(). */
  .globl fpu_status
  .type fpu_status, @function
fpu_status:
  cfc1  $v0, $31
  jr    $ra
  nop                              # delay slot
  .size fpu_status, . - fpu_status

/* uint32_t fpu_clear_causes(): the status as it was. Nothing is pending any more. */
  .globl fpu_clear_causes
  .type fpu_clear_causes, @function
fpu_clear_causes:
  cfc1  $v0, $31
  li    $t1, FCSR_MASK & ~(0x3f << FCSR_CAUSE_SHIFT)
  and   $t0, $v0, $t1
  jr    $ra
  ctc1  $t0, $31           # delay slot
  .size fpu_clear_causes, . - fpu_clear_causes

/* uint32_t fpu_raise(uint32_t status): has the interrupt line raised by a status, and brings it down
 * again. Returns Cause as it was meanwhile. */
  .globl fpu_raise
  .type fpu_raise, @function
fpu_raise:
  ctc1  $a0, $31
  nop
  nop
  mfc0  $v0, $CP0_CAUSE
  jr    $ra
  ctc1  $0, $31            # delay slot
  .size fpu_raise, . - fpu_raise

/* uint32_t fpu_id(): 0 if there is no FPU. */
  .globl fpu_id
  .type fpu_id, @function
fpu_id:
  cfc1  $v0, $0
  jr    $ra
  nop                              # delay slot
  .size fpu_id, . - fpu_id
