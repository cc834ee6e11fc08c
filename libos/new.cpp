// operator new and delete on the heap. There are no exceptions: without memory the program ends.
#include <new>

#include "libos/api/environment.hpp"
#include "libos/api/exception.hpp"
#include "libos/api/heap.hpp"
#include "libos/api/print.hpp"

void* operator new(size_t bytes) {
  void* memory = exos::allocate(bytes);
  if (memory == nullptr) {
    exos::print("exos: no memory for operator new\n");
    exos::exit(exos::kFatalStatus);
  }
  return memory;
}

void* operator new[](size_t bytes) { return operator new(bytes); }
void* operator new(size_t bytes, const std::nothrow_t&) noexcept { return exos::allocate(bytes); }
void* operator new[](size_t bytes, const std::nothrow_t&) noexcept { return exos::allocate(bytes); }
void operator delete(void* memory) noexcept { exos::release(memory); }
void operator delete[](void* memory) noexcept { exos::release(memory); }
void operator delete(void* memory, size_t) noexcept { exos::release(memory); }
void operator delete[](void* memory, size_t) noexcept { exos::release(memory); }
