// A timer so coarse that a slice and then the grace period end within one long kernel call: no
// expiry is lost. An environment that never yields is destroyed, and the last one gets its turn.
// run: {exokernel_expiry_in_long_call}*5
// options: --set devices.timer.frequency=1kHz --set timing.engine=ideal
// status: 111
// cycles: 40M
// output: environment 1 .* destroyed: does not yield
// output: environment 2 .* destroyed: does not yield
// output: environment 3 .* destroyed: does not yield
// output: environment 4 .* destroyed: does not yield
// output: the last one runs
#include "exokernel/tests/harness/harness.hpp"

// slice_end of one that never yields.
asm(R"(
  .text
  .set push
  .set noreorder
  .globl stay
stay:
  b     stay
  nop
  .set pop
)");

extern "C" void stay();

namespace {

constexpr uint32_t kEnvironments = 5;
// Ten ticks of 25000 cycles are a slice, its first tick cut short by the start of the machine.
constexpr uint32_t kRounds = 60100;

void burn(uint32_t rounds) {
  asm volatile(
      ".set push\n\t.set noreorder\n\tmove $8, %0\n"
      "1:\n\tbne $8, $0, 1b\n\taddiu $8, $8, -1\n\t.set pop"
      :
      : "r"(rounds)
      : "$8");
}

}  // namespace

void run_tests() {
  const uint32_t own = exo::info().environment;
  if (own == kEnvironments) {
    test::print("the last one runs\n");
    return;
  }
  // A page with two bindings: giving it back searches all of the software TLB.
  const exo::CallResult page = exo::page_alloc(EXO_PAGE_ANY);
  exo::tlb_write(test::kVirt, 0u, page.capability());
  exo::tlb_write(test::kVirt + PAGE_SIZE, 0u, page.capability());
  exo::context().slice_end = reinterpret_cast<uintptr_t>(&stay);
  burn(kRounds + 2500 * own);
  exo::page_dealloc(page.capability());
  for (;;) asm volatile("");
}
