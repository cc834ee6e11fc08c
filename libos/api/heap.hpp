// The heap, behind operator new and delete.
#pragma once

#include <cstddef>

namespace exos {

/// At least `bytes` bytes, aligned to 8; null if there is no more address space.
void* allocate(size_t bytes);
/// Gives back what allocate returned. Null is ignored.
void release(void* memory);

}  // namespace exos
