/* What the assembly paths need at hand: one structure, `processor`, within one 64 KiB block, so
 * that one lui reaches all of it. */
#ifndef EXOKERNEL_PROCESSOR_H
#define EXOKERNEL_PROCESSOR_H

/* Context page (kseg0) that the vectors use: the running environment's, or kernel_context while
 * C++ runs in the kernel. */
#define PROCESSOR_CONTEXT 0
#define PROCESSOR_USER_CONTEXT 4    /* the running environment's */
#define PROCESSOR_GUARANTEED 8      /* its guaranteed mappings: {EntryHi, EntryLo} ... */
#define PROCESSOR_GUARANTEED_END 12 /* ... and their end, where the search puts its sentinel */
#define PROCESSOR_SCRATCH 16        /* two words of the TLB miss path */
#define PROCESSOR_SLICE_PHASE 24
#define PROCESSOR_TIMER 28 /* kseg1 address of the timer's registers */
#define PROCESSOR_GRACE_TICKS 32
#define PROCESSOR_SIZE 64

#define SLICE_PHASE_RUNNING 0
#define SLICE_PHASE_GRACE 1

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
  exo::Context* user_context;
  TlbEntry* guaranteed;
  TlbEntry* guaranteed_end;
  uint32_t scratch[2];
  uint32_t slice_phase;
  uintptr_t timer;
  uint32_t grace_ticks;
};

static_assert(offsetof(Processor, context) == PROCESSOR_CONTEXT);
static_assert(offsetof(Processor, user_context) == PROCESSOR_USER_CONTEXT);
static_assert(offsetof(Processor, guaranteed) == PROCESSOR_GUARANTEED);
static_assert(offsetof(Processor, guaranteed_end) == PROCESSOR_GUARANTEED_END);
static_assert(offsetof(Processor, scratch) == PROCESSOR_SCRATCH);
static_assert(offsetof(Processor, slice_phase) == PROCESSOR_SLICE_PHASE);
static_assert(offsetof(Processor, timer) == PROCESSOR_TIMER);
static_assert(offsetof(Processor, grace_ticks) == PROCESSOR_GRACE_TICKS);
static_assert(sizeof(Processor) == PROCESSOR_SIZE);

extern "C" Processor processor;

}  // namespace aegis
#endif

#endif
