// In the grace period there is no rest of a slice to give away: a directed yield then goes to the
// next position of the slice vector.
// run: exokernel_late_directed_yield exokernel_late_directed_yield exokernel_late_directed_yield
// output: 1 2 3 $
#include "exokernel/tests/harness/harness.hpp"

// slice_end that yields to environment 3 by name.
asm(R"(
  .text
  .set push
  .set noreorder
  .globl yield_to_three
yield_to_three:
  li    $2, 1
  li    $4, 3
  syscall
  .globl last_slice
last_slice:
  li    $2, 2
  li    $4, 0
  syscall
  .set pop
)");

extern "C" {
void yield_to_three();
void last_slice();
}

static_assert(static_cast<uint32_t>(exo::Syscall::k_yield) == 1);
static_assert(static_cast<uint32_t>(exo::Syscall::k_env_exit) == 2);

void run_tests() {
  const uint32_t own = exo::info().environment;
  test::print(own);
  test::print(" ");
  if (own == 1) {
    exo::context().slice_end = reinterpret_cast<uintptr_t>(&yield_to_three);
    // What was interrupted is given up: the next slice starts anew.
    exo::context().slice_start = reinterpret_cast<uintptr_t>(&last_slice);
    for (;;) asm volatile("");
  }
}
