/* Numbers and constants of the kernel calls (syscalls.def). For assembly and C++. */
#ifndef EXOKERNEL_ABI_SYSCALLS_H
#define EXOKERNEL_ABI_SYSCALLS_H

#define EXO_SYSCALL_COUNT 45

#define EXO_YIELD_NEXT 0 /* instead of an environment: the next slice; no environment has id 0 */
#define EXO_PAGE_ANY 0xffffffff  /* instead of a frame number: any page that is free */
#define EXO_SLICE_ANY 0xffffffff /* instead of a position: the first that is free */
#define EXO_TILE_ANY 0xffffffff  /* instead of a tile: the first that is free */
#define EXO_TILE_PUBLIC 1 /* everyone may read the tile; otherwise its owner only */
#define EXO_SLICE_TICKS_MAX 0xffff /* ticks of the timer: longest slice of a position */
#define EXO_SPACES_MAX 4 /* address spaces of an environment */
#define EXO_MAP_WRITE 1    /* stores are allowed; otherwise they raise Mod */
#define EXO_MAP_UNCACHED 2 /* accesses go past the cache */
#define EXO_MAP_GUARANTEE 4 /* of bind_by_predicate: as guarantee does */
#define EXO_CACHE_INSTRUCTION 1 /* what the instruction cache has of a page */
#define EXO_CACHE_DATA 2        /* what the data cache has */
#define EXO_DMA_OWNER_BITS 16 /* of a descriptor's owner word: the environment; above, its ticket */
#define EXO_DMA_TELL 1 /* of dma_copy: post EXO_EVENT_DMA when the transfer is over */

/* The disk. A request is about blocks that follow one another, and lie within one page. */
#define EXO_BLOCK_SIZE 512   /* bytes */
#define EXO_EXTENT_MAX 65536 /* blocks of an extent */
#define EXO_DISK_COUNT_MAX 8 /* blocks of a request */
#define EXO_DISK_WRITE 1     /* to the disk; otherwise from it */
#define EXO_DISK_TELL 2      /* when it is over the caller gets EXO_EVENT_DISK */
#define EXO_DISK_COUNT_SHIFT 16 /* where the number of blocks stands */

/* State of a request: exo::RequestRecord. */
#define EXO_REQUEST_PENDING 0 /* queued, or under way */
#define EXO_REQUEST_DONE 1    /* all blocks have been moved */
#define EXO_REQUEST_CANCELLED 2 /* `moved` may still grow by the block under way */
#define EXO_REQUEST_ERROR 3     /* the disk refuses it */

/* Protected control transfers: v0 is one of these and id << EXO_TRANSFER_SHIFT; the other bits do
 * not matter. The callee has the caller's id << EXO_TRANSFER_SHIFT in v0. */
#define EXO_SCALL 0x80000000 /* synchronous */
#define EXO_ACALL 0xc0000000 /* asynchronous */
#define EXO_TRANSFER_SHIFT 5 /* where the id stands in v0 */

#ifdef __ASSEMBLER__

#define EXO_SYSCALL(number, name, kind, arguments, documentation) .set EXO_SYS_##name, number;
#include "exokernel/abi/syscalls.def"
#undef EXO_SYSCALL

#else
#include <cstdint>

namespace exo {

enum class Syscall : uint32_t {
#define EXO_SYSCALL(number, name, kind, arguments, documentation) k_##name = number,
#include "exokernel/abi/syscalls.def"
#undef EXO_SYSCALL
};

/// True if the rows of syscalls.def are numbered 0, 1, 2, ... and EXO_SYSCALL_COUNT says how many.
constexpr bool syscall_numbers_are_dense() {
  uint32_t next = 0;
#define EXO_SYSCALL(number, name, kind, arguments, documentation) \
  if (number != next++) return false;
#include "exokernel/abi/syscalls.def"
#undef EXO_SYSCALL
  return next == EXO_SYSCALL_COUNT;
}
static_assert(syscall_numbers_are_dense());

}  // namespace exo
#endif

#endif
