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
 * but k0 and k1 is untouched. That of Int is for exceptions of the FPU: a1 = FCR31. */
#define EXO_CONTEXT_HANDLERS 0x00     /* 16 user PCs, by ExcCode; that of Int is for the FPU's exceptions */
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

/* Protected entry context: where other environments' transfers enter. */
#define EXO_CONTEXT_SYNCHRONOUS_ENTRY 0x68  /* user PC; 0: not to be entered */
#define EXO_CONTEXT_ASYNCHRONOUS_ENTRY 0x6c /* user PC; 0: not to be entered */

/* An environment interrupted inside a block of the restart window continues at the block's first
 * instruction. */
#define EXO_CONTEXT_RESTART_BEGIN 0x70 /* the restart window: from here ... */
#define EXO_CONTEXT_RESTART_END 0x74   /* ... up to here */
#define EXO_RESTART_BLOCK 32           /* bytes of a block; the window begins at a multiple */

/* Notices: what the kernel has to say, at the start of a slice. */
#define EXO_CONTEXT_NOTICE_ENTRY 0x78       /* user PC instead of slice_start; 0: not wanted */
#define EXO_CONTEXT_EVENTS 0x7c             /* EXO_EVENT_... that have ended a sleep */
#define EXO_CONTEXT_NOTICE_KIND 0x80        /* EXO_NOTICE_... */
#define EXO_CONTEXT_NOTICE_RESOURCE 0x84    /* EXO_RESOURCE_... */
#define EXO_CONTEXT_NOTICE_COUNT 0x88       /* units */
#define EXO_CONTEXT_NOTICE_TIME 0x8c        /* deadline: low word of the timer's counter */
#define EXO_CONTEXT_NOTICE_ENVIRONMENT 0x90 /* whom it concerns */

/* Interrupt lines: a byte for each, by bit of Cause.IP. 1: the line has been raised. Its owner sets
 * it to 0 before it looks at what has happened. */
#define EXO_CONTEXT_INTERRUPTS 0x98 /* EXO_INTERRUPT_LINES bytes, by line; 1: it has been raised */
#define EXO_INTERRUPT_LINES 8

/* The abort protocol: what has been taken by force, the newest entry over the oldest. */
#define EXO_CONTEXT_REPOSSESSED 0x94 /* units ever taken; the vector's index modulo its length */
#define EXO_CONTEXT_SAVE_PAGES 0xa0  /* EXO_SAVE_PAGES frame numbers: own pages that receive the state of pages taken; each is used once and then 0 */
#define EXO_CONTEXT_REPOSSESSION 0xc0 /* EXO_REPOSSESSION_ENTRIES of two words: resource 31:28 and index; who has its state: a page, EXO_SAVED_ON_DISK and a block, or 0 */
#define EXO_CONTEXT_FPU 0x140 /* FPU registers f0 to f31 and status while another environment has it */
#define EXO_FPU_WORDS 33
/* When no page is left to receive state: blocks, eight for a page. */
#define EXO_CONTEXT_SAVE_EXTENT 0x1c4 /* index of an extent of its own */
#define EXO_CONTEXT_SAVE_BLOCK 0x1c8  /* the next block in it; the kernel counts on */
#define EXO_CONTEXT_SAVE_LEFT 0x1cc   /* for so many pages; the kernel counts down */
#define EXO_SAVED_ON_DISK 0x80000000  /* state of a page: on the disk; the extent, and the block in it */
#define EXO_SAVED_EXTENT_SHIFT 16
#define EXO_SAVE_PAGES 8
#define EXO_REPOSSESSION_ENTRIES 16

#define EXO_CONTEXT_USER 0x200  /* from here on: the environment's own */
#define EXO_CONTEXT_SIZE 0x1000 /* bytes */

/* What a sleep can end with. */
#define EXO_EVENT_NOTICE 1 /* there is a notice to be told */
#define EXO_EVENT_TIME 2   /* so many cycles have passed */
#define EXO_EVENT_DISK 4   /* a request of the disk is over */
#define EXO_EVENT_DMA 8    /* a transfer queued with EXO_DMA_TELL is over */
#define EXO_EVENT_INTERRUPT 16 /* an interrupt line of the environment's has been raised */
#define EXO_EVENT_ALL 31 /* all of these */

#define EXO_CONSOLE_MAX 160 /* bytes of the context page that one console_write prints */

/* Program header flag (in PF_MASKOS): the kernel guarantees the mapping of the segment's pages. */
#define EXO_PF_PINNED 0x00100000
#define EXO_GUARANTEED_MAX 16 /* per environment, the context and info pages included */
#define EXO_GUARANTEES_OF_PAGE_MAX 512 /* of one page, in all environments */
#define EXO_GUARANTEES_BY_CODE_MAX 512 /* that one piece of code has allowed as a predicate */

#define EXO_STATUS_DESTROYED 111 /* exit status of an environment that the kernel destroyed */

#ifndef __ASSEMBLER__
#include <cstddef>
#include <cstdint>

namespace exo {

/// An entry of the repossession vector.
struct Repossession {
  uint32_t what;   // resource 31:28 and index
  uint32_t saved;  // frame number of the page that received the state, EXO_SAVED_..., or 0
};

struct Context {
  uint32_t handlers[16];
  uint32_t exception_a0, exception_a1, exception_a2;
  uint32_t reserved0;
  uint32_t interrupt_a0, interrupt_a1, interrupt_a2, interrupt_pc;
  uint32_t slice_end, slice_start;
  uint32_t synchronous_entry, asynchronous_entry;
  uint32_t restart_begin, restart_end;
  uint32_t notice_entry;
  uint32_t events;
  uint32_t notice_kind, notice_resource, notice_count, notice_time, notice_environment;
  uint32_t repossessed;
  uint8_t interrupts[EXO_INTERRUPT_LINES];
  uint32_t save_pages[EXO_SAVE_PAGES];
  Repossession repossession[EXO_REPOSSESSION_ENTRIES];
  uint32_t fpu[EXO_FPU_WORDS];
  uint32_t save_extent, save_block, save_left;
  uint32_t reserved3[(EXO_CONTEXT_USER - EXO_CONTEXT_FPU) / 4 - EXO_FPU_WORDS - 3];
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
static_assert(offsetof(Context, interrupts) == EXO_CONTEXT_INTERRUPTS);
static_assert(offsetof(Context, notice_entry) == EXO_CONTEXT_NOTICE_ENTRY);
static_assert(offsetof(Context, notice_kind) == EXO_CONTEXT_NOTICE_KIND);
static_assert(offsetof(Context, notice_environment) == EXO_CONTEXT_NOTICE_ENVIRONMENT);
static_assert(offsetof(Context, repossessed) == EXO_CONTEXT_REPOSSESSED);
static_assert(offsetof(Context, save_pages) == EXO_CONTEXT_SAVE_PAGES);
static_assert(offsetof(Context, repossession) == EXO_CONTEXT_REPOSSESSION);
static_assert(offsetof(Context, fpu) == EXO_CONTEXT_FPU);
static_assert(offsetof(Context, save_extent) == EXO_CONTEXT_SAVE_EXTENT);
static_assert(offsetof(Context, save_left) == EXO_CONTEXT_SAVE_LEFT);
static_assert(offsetof(Context, user) == EXO_CONTEXT_USER);
static_assert(sizeof(Context) == EXO_CONTEXT_SIZE);

/// The caller's own context page.
inline volatile Context& context() { return *reinterpret_cast<volatile Context*>(EXO_CONTEXT_VA); }

}  // namespace exo
#endif

#endif
