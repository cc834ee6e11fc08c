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
#include "exokernel/tests/harness/code.hpp"

// slice_end of one that never yields. If the call was over before, it exits: the test then would
// test nothing.
asm(R"(
  .text
  .set push
  .set noreorder
  .globl stay
stay:
  lw    $8, 0x1ff0($0)
  nop
  bne   $8, $0, call_was_over
  nop
1:
  b     1b
  nop
call_was_over:
  li    $2, 2
  li    $4, 1
  syscall
  .set pop
)");

extern "C" void stay();

static_assert(static_cast<uint32_t>(exo::Syscall::k_env_exit) == 2);

namespace {

constexpr uint32_t kEnvironments = 5;
// A slice is ten ticks of 25000 cycles, the first of them cut short: it ends 225000 to 250000
// cycles after its start. The long call takes 30000 of them, from some place before that on.
constexpr uint32_t kFirstRounds = 116000;
constexpr uint32_t kStep = 2500;
constexpr uint32_t kCallIsOver = 0x1ff0;
constexpr uint32_t kInstructions = 192;

/// Verifying and translating it takes long.
void write_long_code() {
  for (uint32_t index = 0; index < kInstructions - 2; index += 2)
    test::write_code(test::kVirt + 4 * index, {test::encode<"lw">(REG_T0, 4, REG_A0), test::kNop});
  test::write_code(test::kVirt + 4 * (kInstructions - 2), {test::kReturn, test::kNop});
}

}  // namespace

void run_tests() {
  const uint32_t own = exo::info().environment;
  if (own == kEnvironments) {
    test::print("the last one runs\n");
    return;
  }
  const exo::CallResult page = exo::page_alloc(EXO_PAGE_ANY);
  exo::tlb_write(test::kVirt, EXO_MAP_WRITE, page.capability());
  write_long_code();
  exo::context().slice_end = reinterpret_cast<uintptr_t>(&stay);
  test::burn(kFirstRounds + kStep * own);
  static_assert(EXO_CONTEXT_VA + EXO_CONTEXT_SIZE > kCallIsOver);
  exo::code_download(page.capability(), page.capability(), 0u, kInstructions);
  test::word_at(kCallIsOver) = 1;
  for (;;) asm volatile("");
}
