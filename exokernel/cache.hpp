/* Keeping the caches coherent. Nothing does that but software: both are physically indexed and
 * tagged and written through, so a word of the instruction cache is stale when it has been stored
 * to, or written by a device; a word of the data cache only in the second case. */
#ifndef EXOKERNEL_CACHE_HPP
#define EXOKERNEL_CACHE_HPP

#define CACHE_STEP 128 /* bytes that one round of cache_invalidate is for */

#ifndef __ASSEMBLER__
#include <cstdint>

namespace aegis {

/// Finds the sizes of both caches.
void caches_start();
uint32_t instruction_cache_bytes();
uint32_t data_cache_bytes();

/// Code at `address` (kseg0, a multiple of CACHE_STEP) has been stored: the instruction cache
/// forgets what it has of these bytes.
void instruction_cache_forget(uintptr_t address, uint32_t bytes);
/// A device has written: the data cache forgets.
void data_cache_forget(uintptr_t address, uint32_t bytes);

}  // namespace aegis
#endif

#endif
