/* TLB misses that the software TLB does not know: the running environment's guaranteed mappings,
 * else its own handler, else the end of it. */
#include "exokernel/abi/env.h"
#include "exokernel/processor.h"
#include "exokernel/software_tlb.h"
#include "exokernel/transfer.h"
#include "isa/machine/cp0.h"
#include "isa/machine/exceptions.h"
#include "isa/markers.h"

  .set noreorder
  .set noat
  .text

/* From the UTLB vector.
 *   in:   k0 = EntryHi; EPC, BadVAddr, Cause as the exception left them; all else the user's
 *   used: a0 = entry after the one in a1, a1 = EntryHi of an entry; both saved in processor.scratch
 *   The end of the table gets k0 as sentinel: the loop needs one test. */
  .globl software_tlb_miss
  .type software_tlb_miss, @function
software_tlb_miss:
  exo_domain_begin "multiplexing"
  sw    $a0, PROCESSOR(PROCESSOR_SCRATCH)($0)
  lw    $a0, PROCESSOR(PROCESSOR_CURRENT)($0)
  sw    $a1, PROCESSOR(PROCESSOR_SCRATCH + 4)($0)
  lw    $a1, RECORD(TRANSFER_RECORD_GUARANTEED_END)($a0)
  lw    $a0, RECORD(TRANSFER_RECORD_GUARANTEED)($a0)
  sw    $k0, 0($a1)
  lw    $a1, 0($a0)
1:
  addiu $a0, $a0, 8
  bne   $a1, $k0, 1b
  lw    $a1, 0($a0)                # delay slot: the next entry
  lw    $k1, PROCESSOR(PROCESSOR_CURRENT)($0)
  lw    $a1, -4($a0)               # EntryLo of the entry found
  lw    $k1, RECORD(TRANSFER_RECORD_GUARANTEED_END)($k1)
  addiu $a0, $a0, -8
  beq   $a0, $k1, forward_tlb_miss
  mtc0  $a1, $CP0_ENTRYLO          # delay slot

  /* Found: into the software TLB (k0 = EntryHi, a1 = EntryLo, a0 = its place) and the TLB. */
  srl   $a0, $k0, SOFTWARE_TLB_VPN_SHIFT
  sll   $k1, $k0, SOFTWARE_TLB_ASID_SHIFT
  xor   $a0, $a0, $k1
  andi  $a0, $a0, SOFTWARE_TLB_INDEX_MASK
  lui   $k1, %hi(software_tlb)
  addu  $a0, $a0, $k1
  sw    $k0, %lo(software_tlb)($a0)
  sw    $a1, %lo(software_tlb + 4)($a0)
  tlbwr
  mfc0  $k1, $CP0_EPC
  lw    $a0, PROCESSOR(PROCESSOR_SCRATCH)($0)
  lw    $a1, PROCESSOR(PROCESSOR_SCRATCH + 4)($0)
  jr    $k1
  exo_op_end "TLB refill"
  rfe                              # delay slot

/* Not guaranteed: the environment's TLBL or TLBS handler, unless it is the handler that cannot be
 * fetched. EPC 0 is a missing handler (page 0 is never mapped); EPC equal to the TLBL handler is a
 * TLB miss handler that lies on a page that nobody maps. Both would miss for ever.
 *   used: a0 = EPC, a1 = handler */
forward_tlb_miss:
  lw    $a1, PROCESSOR(PROCESSOR_CURRENT)($0)
  mfc0  $a0, $CP0_EPC
  lw    $a1, RECORD(TRANSFER_RECORD_CONTEXT)($a1)
  beq   $a0, $0, missing_handler
  nop                              # delay slot
  lw    $a1, (EXO_CONTEXT_HANDLERS + 4 * EXC_TLBL)($a1)
  nop                              # load delay slot
  beq   $a0, $a1, missing_handler
  lw    $a0, PROCESSOR(PROCESSOR_SCRATCH)($0)          # delay slot
  lw    $a1, PROCESSOR(PROCESSOR_SCRATCH + 4)($0)
  j     general_vector
  exo_op_end "TLB refill"
  nop                              # delay slot
  exo_domain_end "multiplexing"
  .size software_tlb_miss, . - software_tlb_miss

/* The environment ends. Its a0, a1, a2 hold EPC, BadVAddr and Cause of the exception that had no
 * handler, and PROCESSOR_SCRATCH the first two of them.
 *   out: void missing_handler(EPC of the fetch, EPC, BadVAddr, Cause), on a fresh kernel stack */
  .globl missing_handler
  .type missing_handler, @function
missing_handler:
  exo_domain_begin "protection"
  exo_op_end "TLB refill"
  mfc0  $a0, $CP0_EPC
  lui   $sp, %hi(kernel_stack + KERNEL_STACK_SIZE - 16)
  addiu $sp, $sp, %lo(kernel_stack + KERNEL_STACK_SIZE - 16)
  move  $a3, $a2
  lw    $a2, PROCESSOR(PROCESSOR_SCRATCH + 4)($0)
  j     end_without_handler
  lw    $a1, PROCESSOR(PROCESSOR_SCRATCH)($0)          # delay slot
  exo_domain_end "protection"
  .size missing_handler, . - missing_handler
