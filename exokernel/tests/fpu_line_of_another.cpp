// An exception of the floating-point coprocessor that its user leaves pending, on a line that a
// device shares and that is shut out in grace periods, raises the line while others run: it neither
// reaches them nor keeps their slices from ending.
// options: --set arguments=slice=200
// options: --set arguments=slice=200 --set fpu.interrupt=4
// cycles: 20M
#include "exokernel/tests/harness/child.hpp"

// A slice_end that lasts longer than a grace period, then yields behind an exception: invalid,
// enabled and caused.
asm(R"(
  .set push
  .set noreorder
  .set hardfloat
  .text
  .globl raising_late
raising_late:
  li    $t0, 6000
1:
  bne   $t0, $0, 1b
  addiu $t0, $t0, -1
  lui   $t0, 1
  ori   $t0, $t0, 0x0800
  li    $v0, 1
  move  $a0, $0
  ctc1  $t0, $31
  syscall
  nop
  .set pop
)");
extern "C" void raising_late();

namespace {

static_assert(static_cast<uint32_t>(exo::Syscall::k_yield) == 1);

volatile bool is_ready;
volatile bool has_ended;

void leave() {
  has_ended = true;
  exo::env_exit(0u);
}

void leave_it_pending() {
  CHECK(exo::fpu_mod(1u).ok());
  exo::context().handlers[EXC_INT] = reinterpret_cast<uint32_t>(&leave);
  exo::context().slice_start = reinterpret_cast<uint32_t>(&leave);
  exo::context().slice_end = reinterpret_cast<uint32_t>(&raising_late);
  is_ready = true;
  for (;;) test::burn(1000);
}

}  // namespace

void run_tests() {
  const test::Child child = test::create_child(leave_it_pending);
  test::start_child(child);
  while (!is_ready) test_yield(child.id);
  const uint32_t before = test::slices();
  test::burn(100'000);
  CHECK(test::slices() > before);
  while (!has_ended) test_yield(EXO_YIELD_NEXT);
}
