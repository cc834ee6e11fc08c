/* The two exception vectors, 128 bytes each, at the start of the kernel.
 *
 * Only k0 and k1 may be used: nothing else is saved. What the paths read is mapped within reach of
 * $0 (exokernel/processor.h). */
#include "exokernel/abi/env.h"
#include "exokernel/processor.h"
#include "exokernel/software_tlb.h"
#include "exokernel/transfer.h"
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

/* All other exceptions: to the entry of the exception code.
 *   out: k0 = context page of the running environment (kseg0), k1 = EPC */
  .org VECTOR_GENERAL - VECTOR_UTLB
  .globl general_vector
  .type general_vector, @function
general_vector:
  exo_domain_begin "protection"
  mfc0  $k1, $CP0_CAUSE
  lw    $k0, PROCESSOR(PROCESSOR_CURRENT)($0)
  andi  $k1, $k1, CAUSE_EXCCODE_MASK       # 4 * ExcCode
  lw    $k1, EXCEPTION_TABLE($k1)
  lw    $k0, RECORD(TRANSFER_RECORD_CONTEXT)($k0)
  jr    $k1
  mfc0  $k1, $CP0_EPC                      # delay slot
general_vector_end:
  exo_domain_end "protection"
  .size general_vector, . - general_vector
  .globl utlb_hit_end, general_vector_end

  .text
/* To the environment's handler: 17 instructions with the vector's.
 *   in:  k0 = context page, k1 = EPC
 *   out: a0 = EPC, a1 = BadVAddr (0 if the exception does not set it: another environment's may
 *        stand there), a2 = Cause; user mode, interrupts on */
.macro forward name, code, sets_bad_address
  .globl forward_\name
  .type forward_\name, @function
forward_\name:
  exo_domain_begin "multiplexing"
  sw    $a0, EXO_CONTEXT_EXCEPTION_A0($k0)
  bltz  $k1, kernel_address
  move  $a0, $k1                           # delay slot
  lw    $k1, (EXO_CONTEXT_HANDLERS + 4 * \code)($k0)
forward_\name\()_rest:
  sw    $a1, EXO_CONTEXT_EXCEPTION_A1($k0)
  sw    $a2, EXO_CONTEXT_EXCEPTION_A2($k0)
  .if \sets_bad_address
  mfc0  $a1, $CP0_BADVADDR
  .else
  move  $a1, $0
  .endif
  mfc0  $a2, $CP0_CAUSE
  jr    $k1
  rfe                                      # delay slot
forward_\name\()_end:
  exo_domain_end "multiplexing"
  .size forward_\name, . - forward_\name
.endm

  .balign 16
  forward Mod, EXC_MOD, 1
  forward TLBL, EXC_TLBL, 1
  forward TLBS, EXC_TLBS, 1
  forward AdEL, EXC_ADEL, 1
  forward AdES, EXC_ADES, 1
  forward IBE, EXC_IBE, 0
  forward DBE, EXC_DBE, 0
  forward Bp, EXC_BP, 0
  forward RI, EXC_RI, 0
  forward CpU, EXC_CPU, 0
  forward Ov, EXC_OV, 0
  forward 13, 13, 0
  forward 14, 14, 0
  forward 15, 15, 0
  .globl forward_Mod_end

/* EPC lies in the kernel's half: the kernel itself has raised the exception, or user mode has jumped
 * there, which is an AdEL and its own affair.
 *   in: k0 = context page with the old a0, a0 = EPC */
  .type kernel_address, @function
kernel_address:
  exo_domain_begin "protection"
  mfc0  $k1, $CP0_STATUS
  nop                                      # mfc0 delay slot
  andi  $k1, $k1, STATUS_KUP
  beq   $k1, $0, kernel_exception
  lw    $k1, (EXO_CONTEXT_HANDLERS + 4 * EXC_ADEL)($k0)    # delay slot
  j     forward_AdEL_rest
  nop                                      # delay slot
  exo_domain_end "protection"
  .size kernel_address, . - kernel_address
