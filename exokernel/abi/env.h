/* What an environment and the kernel share: the context page, which belongs to the environment.
 *
 * The kernel keeps no registers of an environment. It leaves three of them here when it forwards an
 * exception or ends a slice, and reads here where to go. The page is the environment's own memory,
 * mapped writable at EXO_CONTEXT_VA; offsets are within 16 bits of $0, so that code reaches it
 * without a base register: lw a0, EXO_CONTEXT_VA + EXO_CONTEXT_INTERRUPT_PC($0).
 * Offsets from EXO_CONTEXT_USER on are the environment's own. See docs/exokernel.md. */
#ifndef EXOKERNEL_ABI_ENV_H
#define EXOKERNEL_ABI_ENV_H

#define EXO_ABI_VERSION 2

#define EXO_CONTEXT_VA 0x1000 /* where the page is mapped */
#define EXO_INFO_VA 0x2000    /* exokernel/abi/info.hpp */
/* The first page is never mapped: a handler that is 0 is a missing handler. */
#define EXO_FIRST_MAPPABLE_VA 0x1000
#define EXO_LAST_MAPPABLE_VA 0x7fffffff

/* Exception context. A handler runs with a0 = EPC, a1 = BadVAddr, a2 = Cause; every other register
 * but k0 and k1 is untouched. */
#define EXO_CONTEXT_HANDLERS 0x00     /* 16 user PCs, by ExcCode */
#define EXO_CONTEXT_EXCEPTION_A0 0x40 /* the program's a0, a1, a2 */
#define EXO_CONTEXT_EXCEPTION_A1 0x44
#define EXO_CONTEXT_EXCEPTION_A2 0x48

/* Interrupt context: saved at the end of a slice, and where to continue. */
#define EXO_CONTEXT_INTERRUPT_A0 0x50 /* the program's a0, a1, a2 */
#define EXO_CONTEXT_INTERRUPT_A1 0x54
#define EXO_CONTEXT_INTERRUPT_A2 0x58
#define EXO_CONTEXT_INTERRUPT_PC 0x5c /* after the restart window has been applied */
#define EXO_CONTEXT_SLICE_END 0x60    /* user PC: save what you need and yield */
#define EXO_CONTEXT_SLICE_START 0x64  /* user PC; at first the program's entry point */

/* Protected entry context. */
#define EXO_CONTEXT_SYNCHRONOUS_ENTRY 0x68  /* user PC; no call uses it in this version */
#define EXO_CONTEXT_ASYNCHRONOUS_ENTRY 0x6c /* user PC; no call uses it in this version */

/* An environment interrupted inside a block of the restart window continues at the block's first
 * instruction. */
#define EXO_CONTEXT_RESTART_BEGIN 0x70 /* the restart window: from here ... */
#define EXO_CONTEXT_RESTART_END 0x74   /* ... up to here */
#define EXO_RESTART_BLOCK 32           /* bytes of a block; the window begins at a multiple */

#define EXO_CONTEXT_USER 0x80   /* from here on: the environment's own */
#define EXO_CONTEXT_SIZE 0x1000 /* bytes */

#define EXO_CONSOLE_MAX 160 /* bytes of the context page that one console_write prints */

/* Program header flag (in PF_MASKOS): the kernel guarantees the mapping of the segment's pages. */
#define EXO_PF_PINNED 0x00100000
#define EXO_GUARANTEED_MAX 16 /* per environment, the context and info pages included */

#define EXO_STATUS_DESTROYED 111 /* exit status of an environment that the kernel destroyed */

#ifndef __ASSEMBLER__
#include <cstddef>
#include <cstdint>

namespace exo {

struct Context {
  uint32_t handlers[16];
  uint32_t exception_a0, exception_a1, exception_a2;
  uint32_t reserved0;
  uint32_t interrupt_a0, interrupt_a1, interrupt_a2, interrupt_pc;
  uint32_t slice_end, slice_start;
  uint32_t synchronous_entry, asynchronous_entry;
  uint32_t restart_begin, restart_end;
  uint32_t reserved1[2];
  uint32_t user[(EXO_CONTEXT_SIZE - EXO_CONTEXT_USER) / 4];
};

static_assert(offsetof(Context, handlers) == EXO_CONTEXT_HANDLERS);
static_assert(offsetof(Context, exception_a0) == EXO_CONTEXT_EXCEPTION_A0);
static_assert(offsetof(Context, exception_a2) == EXO_CONTEXT_EXCEPTION_A2);
static_assert(offsetof(Context, interrupt_a0) == EXO_CONTEXT_INTERRUPT_A0);
static_assert(offsetof(Context, interrupt_pc) == EXO_CONTEXT_INTERRUPT_PC);
static_assert(offsetof(Context, slice_end) == EXO_CONTEXT_SLICE_END);
static_assert(offsetof(Context, slice_start) == EXO_CONTEXT_SLICE_START);
static_assert(offsetof(Context, synchronous_entry) == EXO_CONTEXT_SYNCHRONOUS_ENTRY);
static_assert(offsetof(Context, restart_begin) == EXO_CONTEXT_RESTART_BEGIN);
static_assert(offsetof(Context, restart_end) == EXO_CONTEXT_RESTART_END);
static_assert(offsetof(Context, user) == EXO_CONTEXT_USER);
static_assert(sizeof(Context) == EXO_CONTEXT_SIZE);

/// The caller's own context page.
inline volatile Context& context() { return *reinterpret_cast<volatile Context*>(EXO_CONTEXT_VA); }

}  // namespace exo
#endif

#endif
