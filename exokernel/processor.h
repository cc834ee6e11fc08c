/* What the assembly paths need at hand: the structure `processor`, the tables of handlers, the frame
 * of a kernel call (kernel_block.S), and the transfer records (exokernel/transfer.h).
 *
 * They are mapped at the top of the address space by wired TLB entries, where user mode cannot reach
 * them and an offset from $0 does: no path needs a register for a base address. The entries are
 * global and stay for good (tlb.cpp). C++ uses the same memory at its kseg0 address. */
#ifndef EXOKERNEL_PROCESSOR_H
#define EXOKERNEL_PROCESSOR_H

#define KERNEL_BLOCK_VA (-0x5000)     /* one page: kernel_block */
#define TRANSFER_RECORDS_VA (-0x4000) /* up to the end: transfer_records */

/* Offsets in the block: none of those that an exception also uses in the context page, which may
 * have the same place in the data cache. */
#define KERNEL_BLOCK_CALLS 0x800 /* {entry point, function}, by number of the kernel call */
#define KERNEL_BLOCK_PROCESSOR 0xc00
#define KERNEL_BLOCK_EXCEPTIONS 0xc40 /* entry points in the kernel, by ExcCode */
#define KERNEL_BLOCK_CALL_FRAME 0xc80

/* Addresses, as offsets from $0. */
#define PROCESSOR(offset) (KERNEL_BLOCK_VA + KERNEL_BLOCK_PROCESSOR + (offset))
#define EXCEPTION_TABLE (KERNEL_BLOCK_VA + KERNEL_BLOCK_EXCEPTIONS)
#define CALL_FRAME(offset) (KERNEL_BLOCK_VA + KERNEL_BLOCK_CALL_FRAME + (offset))
#define CALL_TABLE (KERNEL_BLOCK_VA + KERNEL_BLOCK_CALLS)
/* The same from a scaled id. */
#define RECORD(offset) (TRANSFER_RECORDS_VA + (offset))

/* Offsets in `processor`. The first three are scaled ids (exokernel/transfer.h). */
#define PROCESSOR_CURRENT 0       /* the running environment; 0 before the first has run */
#define PROCESSOR_SLICE_OWNER 4   /* whose slice runs */
#define PROCESSOR_SLICE_RUNNER 8  /* who runs in this and the owner's following slices */
#define PROCESSOR_TOLD 12         /* who has been told of the slice's end; 0 = it goes on */
#define PROCESSOR_SCRATCH 16      /* two words of the TLB miss path */
#define PROCESSOR_TIMER 24        /* kseg1 address of the timer's registers */
#define PROCESSOR_GRACE_TICKS 28
#define PROCESSOR_TIMER_LINE 32    /* the timer's bit of Cause */
#define PROCESSOR_FIRST_LINES 36   /* that and the FPU's bit */
#define PROCESSOR_SIZE 64

#define KERNEL_STACK_SIZE 8192

#ifndef __ASSEMBLER__
#include <cstddef>
#include <cstdint>

#include "exokernel/abi/env.h"

namespace aegis {

/// An entry of the TLB, the software TLB, or a table of guaranteed mappings.
struct TlbEntry {
  uint32_t hi;
  uint32_t lo;
};

struct alignas(PROCESSOR_SIZE) Processor {
  uint32_t current;
  uint32_t slice_owner;
  uint32_t slice_runner;
  uint32_t told;
  uint32_t scratch[2];
  uintptr_t timer;
  uint32_t grace_ticks;
  uint32_t timer_line;
  uint32_t first_lines;
};

static_assert(offsetof(Processor, current) == PROCESSOR_CURRENT);
static_assert(offsetof(Processor, slice_owner) == PROCESSOR_SLICE_OWNER);
static_assert(offsetof(Processor, slice_runner) == PROCESSOR_SLICE_RUNNER);
static_assert(offsetof(Processor, told) == PROCESSOR_TOLD);
static_assert(offsetof(Processor, scratch) == PROCESSOR_SCRATCH);
static_assert(offsetof(Processor, timer) == PROCESSOR_TIMER);
static_assert(offsetof(Processor, grace_ticks) == PROCESSOR_GRACE_TICKS);
static_assert(offsetof(Processor, timer_line) == PROCESSOR_TIMER_LINE);
static_assert(offsetof(Processor, first_lines) == PROCESSOR_FIRST_LINES);
static_assert(sizeof(Processor) == PROCESSOR_SIZE);

extern "C" Processor processor;

/// Where exceptions go in the kernel, by ExcCode.
inline constexpr unsigned kExceptionCodes = 16;
extern "C" void (*exception_entries[kExceptionCodes])();

}  // namespace aegis
#endif

#endif
