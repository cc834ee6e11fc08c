// Between the entry point and main: static objects, and the way out.
#include <cstdint>

#include "exokernel/abi/calls.hpp"
#include "libos/api/environment.hpp"
#include "libos/api/print.hpp"

int main();

extern "C" {

using Initializer = void (*)();
extern const Initializer exos_init_begin[];
extern const Initializer exos_init_end[];

// What the compiler refers to for static objects and pure virtual functions.
void* __dso_handle = nullptr;
int __cxa_atexit(void (*)(void*), void*, void*) { return 0; }
[[noreturn]] void __cxa_pure_virtual() {
  exos::print("exos: pure virtual function called\n");
  exos::exit(EXO_STATUS_DESTROYED);
}

[[noreturn]] void exos_run_program() {
  for (const Initializer* run = exos_init_begin; run != exos_init_end; ++run) (*run)();
  exos::exit(static_cast<uint32_t>(main()));
}

}  // extern "C"

namespace exos {

void exit(uint32_t status) {
  flush();
  for (;;) exo::env_exit(status);
}

}  // namespace exos
