// Before the program: tell the kernel where to go, build the page table.
#include "exokernel/abi/env.h"
#include "isa/machine/exceptions.h"
#include "libos/pinned/vm.hpp"

extern "C" {
void exos_upcall();
void exos_slice_start();
void exos_slice_end();
extern const char exos_restart_begin[];
extern const char exos_restart_end[];
}

namespace exos {
namespace {

template <typename T>
uint32_t address_of(T* symbol) {
  return reinterpret_cast<uintptr_t>(symbol);
}

}  // namespace

extern "C" void exos_start() {
  volatile exo::Context& context = exo::context();
  for (unsigned code = 0; code < EXC_COUNT; ++code)
    context.handlers[code] = address_of(&exos_upcall);
  context.restart_begin = address_of(exos_restart_begin);
  context.restart_end = address_of(exos_restart_end);
  context.slice_end = address_of(&exos_slice_end);
  context.slice_start = address_of(&exos_slice_start);
  vm_start();
}

}  // namespace exos
