// Which blocks of the disk may be read: a bit for each. What is on the disk when the machine starts
// may be, by whoever allocates it first; what others have left there may not, until it has been
// written again.
#pragma once

#include <cstdint>

namespace aegis {

/// Bytes of the map for so many blocks.
uint32_t block_map_bytes(uint32_t blocks);
/// Puts it at `where` (kseg0). All blocks may be read.
void block_map_start(uint32_t blocks, uintptr_t where);
/// True if all of these may be read. `count` is from 1 to 32.
bool blocks_may_be_read(uint32_t first, uint32_t count);
/// Their owner has written them. `count` is from 1 to 32.
void blocks_written(uint32_t first, uint32_t count);
/// Their owner has given them back. `count` is not 0.
void blocks_forget(uint32_t first, uint32_t count);

}  // namespace aegis
