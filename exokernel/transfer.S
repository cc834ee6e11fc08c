/* Protected control transfer: from the kernel's entry for `syscall`, for a negative v0.
 *   in:  v0 = EXO_SCALL or EXO_ACALL, and the callee's scaled id
 *   out: v0 = the caller's scaled id; at the callee's entry, in its address space. Nothing else has
 *        changed but k0, k1: the registers are the message
 *   used: k0 = callee, k1 = its entry
 * Until the callee's entry is known not to be 0, nothing is changed but EntryHi. */
#include "exokernel/abi/env.h"
#include "exokernel/abi/syscalls.h"
#include "exokernel/processor.h"
#include "exokernel/saved_registers.h"
#include "exokernel/transfer.h"
#include "isa/machine/cp0.h"
#include "isa/markers.h"

  .set noreorder
  .set noat
  .text

#define ID_MASK ((TRANSFER_RECORDS - 1) << EXO_TRANSFER_SHIFT)

/* Synchronous, 25 instructions with those from the vector on: this slice and the owner's following
 * ones go to the callee. It has its own slices back, if it has given them away. */
  .globl transfer
  .type transfer, @function
transfer:
  exo_domain_begin "multiplexing"
  andi  $k0, $v0, ID_MASK
  sll   $v0, $v0, 1                # EXO_ACALL is the next bit
  bltz  $v0, asynchronous
  lw    $k1, RECORD(TRANSFER_RECORD_ENTRIES)($k0)      # delay slot
  lw    $v0, RECORD(TRANSFER_RECORD_SPACE)($k0)
  lw    $k1, EXO_CONTEXT_SYNCHRONOUS_ENTRY($k1)
  mtc0  $v0, $CP0_ENTRYHI
  beq   $k1, $0, transfer_by_hand
  lw    $v0, RECORD(TRANSFER_RECORD_STATUS)($k0)       # delay slot
  sw    $k0, PROCESSOR(PROCESSOR_SLICE_RUNNER)($0)
  mtc0  $v0, $CP0_STATUS
  lw    $v0, PROCESSOR(PROCESSOR_CURRENT)($0)
  sw    $k0, RECORD(TRANSFER_RECORD_RUNNER)($k0)
  sw    $k0, PROCESSOR(PROCESSOR_CURRENT)($0)
  jr    $k1
  rfe                              # delay slot
synchronous_end:
  exo_domain_end "multiplexing"
  .size transfer, . - transfer

/* Asynchronous, 28 instructions at most: the rest of this slice goes to the callee. It has its own
 * slices back, also if this is one. */
  .globl asynchronous
  .type asynchronous, @function
asynchronous:
  exo_domain_begin "multiplexing"
  lw    $v0, RECORD(TRANSFER_RECORD_SPACE)($k0)
  lw    $k1, EXO_CONTEXT_ASYNCHRONOUS_ENTRY($k1)
  mtc0  $v0, $CP0_ENTRYHI
  beq   $k1, $0, asynchronous_by_hand
  lw    $v0, RECORD(TRANSFER_RECORD_STATUS)($k0)       # delay slot
  sw    $k0, RECORD(TRANSFER_RECORD_RUNNER)($k0)
  mtc0  $v0, $CP0_STATUS
  lw    $v0, PROCESSOR(PROCESSOR_SLICE_OWNER)($0)
  nop                              # load delay slot
  bne   $v0, $k0, 1f
  lw    $v0, PROCESSOR(PROCESSOR_CURRENT)($0)          # delay slot
  sw    $k0, PROCESSOR(PROCESSOR_SLICE_RUNNER)($0)
1:
  sw    $k0, PROCESSOR(PROCESSOR_CURRENT)($0)
  jr    $k1
  rfe                              # delay slot
asynchronous_end:
  exo_domain_end "multiplexing"
  .size asynchronous, . - asynchronous
  .globl synchronous_end, asynchronous_end

/* The callee has no entry, or no address space at the moment, or does not run, or has bound pixels, so
 * that the frame buffer must be told: C++ decides.
 *   k0 = callee; bit 0 is set for an asynchronous transfer */
  .type transfer_by_hand, @function
asynchronous_by_hand:
  ori   $k0, $k0, 1
transfer_by_hand:
  exo_domain_begin "multiplexing"
  save_registers
  mfc0  $a0, $CP0_EPC
  move  $a1, $k0
  jal   transfer_in_cxx            # uint32_t (EPC, k0, registers): where to continue
  addiu $a2, $sp, SAVED_REGISTERS  # delay slot
  move  $k0, $v0
  restore_registers
  jr    $k0
  rfe                              # delay slot
  exo_domain_end "multiplexing"
  .size transfer_by_hand, . - transfer_by_hand
