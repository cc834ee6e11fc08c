/* The two exception vectors, 128 bytes each, at the start of the kernel.
 *
 * Only k0 and k1 may be used: nothing else is saved. No test of the previous mode is needed: while
 * C++ runs in the kernel, processor.context is kernel_context, whose handlers all are
 * kernel_exception; rfe then returns to kernel mode. */
#include "exokernel/abi/env.h"
#include "exokernel/processor.h"
#include "exokernel/software_tlb.h"
#include "isa/machine/cp0.h"
#include "isa/machine/exceptions.h"
#include "isa/markers.h"

  .set noreorder
  .set noat

  .section .vectors, "ax", @progbits

/* UTLB refill: 18 instructions when the software TLB has the page.
 *   in:  EntryHi = page and address space
 *   hit: k0 = EntryHi, k1 = EPC */
  .globl utlb_vector
  .type utlb_vector, @function
utlb_vector:
  exo_domain_begin "multiplexing"
  exo_op_begin "TLB refill"
  mfc0  $k0, $CP0_ENTRYHI
  mfc0  $k1, $CP0_ENTRYHI
  srl   $k0, $k0, SOFTWARE_TLB_VPN_SHIFT
  sll   $k1, $k1, SOFTWARE_TLB_ASID_SHIFT
  xor   $k1, $k1, $k0
  andi  $k1, $k1, SOFTWARE_TLB_INDEX_MASK
  lui   $k0, %hi(software_tlb)
  addu  $k1, $k1, $k0
  lw    $k0, %lo(software_tlb + 4)($k1)
  lw    $k1, %lo(software_tlb)($k1)
  mtc0  $k0, $CP0_ENTRYLO
  mfc0  $k0, $CP0_ENTRYHI
  nop                              # mfc0 delay slot
  bne   $k0, $k1, software_tlb_miss
  mfc0  $k1, $CP0_EPC              # delay slot
  tlbwr
  jr    $k1
  exo_op_end "TLB refill"
  rfe                              # delay slot
utlb_hit_end:
  exo_domain_end "multiplexing"
  .size utlb_vector, . - utlb_vector

/* All other exceptions: 19 instructions from here to the environment's handler.
 *   k0 = processor.context throughout
 *   at the handler: a0 = EPC, a1 = BadVAddr, a2 = Cause; user mode, interrupts on
 * Two of the instructions tell the exceptions that set BadVAddr (Mod to AdES) from those that leave
 * there what an earlier environment's exception has put: these get a1 = 0. */
  .org VECTOR_GENERAL - VECTOR_UTLB
#define SYS_TO_IBE ((EXC_SYS - EXC_IBE) << CAUSE_EXCCODE_SHIFT)
#define HANDLERS_FROM_IBE (EXO_CONTEXT_HANDLERS + (EXC_IBE << CAUSE_EXCCODE_SHIFT))
  .globl general_vector
  .type general_vector, @function
general_vector:
  exo_domain_begin "protection"
  mfc0  $k1, $CP0_CAUSE
  lui   $k0, %hi(processor + PROCESSOR_CONTEXT)
  lw    $k0, %lo(processor + PROCESSOR_CONTEXT)($k0)
  andi  $k1, $k1, CAUSE_EXCCODE_MASK       # 4 * ExcCode
  beq   $k1, $0, interrupt
  addiu $k1, $k1, -(EXC_SYS << CAUSE_EXCCODE_SHIFT)    # delay slot
  beq   $k1, $0, kernel_call
  addiu $k1, $k1, SYS_TO_IBE               # delay slot
  bgez  $k1, no_address
  addu  $k1, $k1, $k0                      # delay slot
  exo_domain_end "protection"
  exo_domain_begin "multiplexing"
  lw    $k1, HANDLERS_FROM_IBE($k1)
  sw    $a0, EXO_CONTEXT_EXCEPTION_A0($k0)
  sw    $a1, EXO_CONTEXT_EXCEPTION_A1($k0)
  sw    $a2, EXO_CONTEXT_EXCEPTION_A2($k0)
  mfc0  $a0, $CP0_EPC
  mfc0  $a1, $CP0_BADVADDR
  mfc0  $a2, $CP0_CAUSE
  jr    $k1
  rfe                                      # delay slot
general_dispatch_end:
no_address:
  lw    $k1, HANDLERS_FROM_IBE($k1)
  sw    $a0, EXO_CONTEXT_EXCEPTION_A0($k0)
  sw    $a1, EXO_CONTEXT_EXCEPTION_A1($k0)
  sw    $a2, EXO_CONTEXT_EXCEPTION_A2($k0)
  mfc0  $a0, $CP0_EPC
  mfc0  $a2, $CP0_CAUSE
  move  $a1, $0
  jr    $k1
  rfe                                      # delay slot
  exo_domain_end "multiplexing"
  .size general_vector, . - general_vector

  .globl utlb_hit_end, general_dispatch_end
vectors_end:
  .globl vectors_end
