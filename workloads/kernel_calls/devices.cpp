// The DMA engine and the floating-point coprocessor.
#include "workloads/kernel_calls/measure.hpp"

namespace calls {
namespace {

constexpr uint32_t kUntilDone = 20'000;  // rounds of burning: more than a transfer takes

void copy_page() {
  const exo::Capability from = allocate(), to = allocate();
  MEASURE("dma_copy: a page queued", exo::dma_copy(from, to, 0u, uint32_t{PAGE_SIZE}));
  test::burn(kUntilDone);
  free(from);
  free(to);
}

}  // namespace

/// The partner takes the coprocessor in each of its turns.
void use_devices() {
  copy_page();
  MEASURE("fpu_mod: taken from another", exo::fpu_mod(1u));
  MEASURE("fpu_mod: given up", exo::fpu_mod(0u));
  MEASURE("fpu_mod: taken from nobody", exo::fpu_mod(1u));
}

}  // namespace calls
