/* What the assembly paths need at hand: one structure, `processor`, within one 64 KiB block, so
 * that one lui reaches all of it. */
#ifndef EXOKERNEL_PROCESSOR_H
#define EXOKERNEL_PROCESSOR_H

/* Context page (kseg0) that the vectors use: the running environment's, or kernel_context while
 * C++ runs in the kernel. */
#define PROCESSOR_CONTEXT 0
/* Scaled ids (exokernel/transfer.h). */
#define PROCESSOR_CURRENT 4       /* the running environment */
#define PROCESSOR_SLICE_OWNER 8   /* whose slice runs */
#define PROCESSOR_SLICE_RUNNER 12 /* who runs in this and the owner's following slices */
#define PROCESSOR_SCRATCH 16      /* two words of the TLB miss path */
#define PROCESSOR_TOLD 24         /* who has been told of the slice's end; 0 = it goes on */
#define PROCESSOR_TIMER 28        /* kseg1 address of the timer's registers */
#define PROCESSOR_GRACE_TICKS 32
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

struct alignas(64) Processor {
  exo::Context* context;
  uint32_t current;
  uint32_t slice_owner;
  uint32_t slice_runner;
  uint32_t scratch[2];
  uint32_t told;
  uintptr_t timer;
  uint32_t grace_ticks;
};

static_assert(offsetof(Processor, context) == PROCESSOR_CONTEXT);
static_assert(offsetof(Processor, current) == PROCESSOR_CURRENT);
static_assert(offsetof(Processor, slice_owner) == PROCESSOR_SLICE_OWNER);
static_assert(offsetof(Processor, slice_runner) == PROCESSOR_SLICE_RUNNER);
static_assert(offsetof(Processor, scratch) == PROCESSOR_SCRATCH);
static_assert(offsetof(Processor, told) == PROCESSOR_TOLD);
static_assert(offsetof(Processor, timer) == PROCESSOR_TIMER);
static_assert(offsetof(Processor, grace_ticks) == PROCESSOR_GRACE_TICKS);
static_assert(sizeof(Processor) == PROCESSOR_SIZE);

extern "C" Processor processor;

}  // namespace aegis
#endif

#endif
