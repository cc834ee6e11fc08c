/* The kernel's page at the top of the address space (exokernel/processor.h): what changes with the
 * environment, where exceptions and kernel calls go, and the frame of the call in progress. */
#include "exokernel/call_frame.h"
#include "exokernel/processor.h"
#include "exokernel/transfer.h"
#include "isa/machine/cp0.h"
#include "isa/machine/exceptions.h"
#include "isa/markers.h"

  .section .data.kernel_block, "aw"
  .balign PAGE_SIZE
  .globl kernel_block, processor, exception_entries
kernel_block:

#define ENTRY_FAST(name, arguments) fast_##name, 0
#define ENTRY_PLAIN(name, arguments) plain_call_##arguments, sys_##name
#define ENTRY_SAVED(name, arguments) saved_call_##arguments, sys_##name
#define ENTRY_REPEATED(name, arguments) repeated_call_##arguments, sys_##name

  .org  KERNEL_BLOCK_CALLS
#define EXO_SYSCALL(number, name, kind, arguments, documentation) .word ENTRY_##kind(name, arguments);
#include "exokernel/abi/syscalls.def"
#undef EXO_SYSCALL

  .org  KERNEL_BLOCK_PROCESSOR
  exo_owner processor+PROCESSOR_CURRENT, environment, TRANSFER_RECORD_SIZE
processor:
  .space PROCESSOR_SIZE

  .org  KERNEL_BLOCK_EXCEPTIONS
exception_entries:
  .word interrupt
  .word forward_Mod, forward_TLBL, forward_TLBS, forward_AdEL, forward_AdES
  .word forward_IBE, forward_DBE
  .word kernel_call
  .word forward_Bp, forward_RI, forward_CpU, forward_Ov
  .word forward_13, forward_14, forward_15

  .org  KERNEL_BLOCK_CALL_FRAME
  .space CALL_FRAME_SIZE
  .org  PAGE_SIZE
