// A sleeper that has slices to forfeit keeps its event until it runs, also if the kernel, as nobody
// else wants the processor, passes forfeited time and lets another run that owes less.
// output: END
#include <initializer_list>

#include "exokernel/tests/harness/child.hpp"
#include "exokernel/tests/harness/overrun.hpp"

namespace {

test::Child x, y;
volatile uint32_t position_of_x, position_of_y, debt_of_x, debt_of_y;
volatile uint32_t x_ready, y_ready, entered, woken, may_call, called;

/// Leaves the environment with one short slice, owing `ticks`.
void get_into_debt(uint32_t position, uint32_t ticks) {
  if (ticks != 0) {
    const uint32_t at = static_cast<uint32_t>(exo::slice_alloc(EXO_SLICE_ANY, ticks).value);
    CHECK(exo::slice_dealloc(position).ok());
    test_yield(EXO_YIELD_NEXT);
    test::overrun_slice();
    CHECK(exo::slice_dealloc(at).ok());
  } else {
    CHECK(exo::slice_dealloc(position).ok());
  }
  CHECK(exo::slice_alloc(EXO_SLICE_ANY, 50u).ok());
}

void be_x() {
  exo::context().asynchronous_entry = reinterpret_cast<uint32_t>(&test_entry);
  get_into_debt(position_of_x, debt_of_x);
  x_ready = 1;
  test_yield(EXO_YIELD_NEXT);
  const exo::Capability page = exo::page_alloc(EXO_PAGE_ANY).capability();
  CHECK(exo::dma_copy(page, page, 0u, 64u | EXO_DMA_TELL).ok());
  x_ready = 2;
  while (test_sleep(EXO_EVENT_DMA, 0) != 0) entered = entered + 1;
  woken = 1;
  for (;;) test_yield(EXO_YIELD_NEXT);
}

void be_y() {
  get_into_debt(position_of_y, debt_of_y);
  y_ready = 1;
  while (may_call == 0) test_yield(EXO_YIELD_NEXT);
  called = 1 + 10 * woken;
  test_transfer(EXO_ACALL | (x.id << EXO_TRANSFER_SHIFT));
  for (;;) test_sleep(EXO_EVENT_TIME, 0x7fffffff);
}

void scenario(uint32_t ticks_x, uint32_t ticks_y) {
  debt_of_x = ticks_x;
  debt_of_y = ticks_y;
  for (volatile uint32_t* each : {&x_ready, &y_ready, &entered, &woken, &may_call, &called})
    *each = 0;
  x = test::create_child(be_x);
  position_of_x = static_cast<uint32_t>(exo::env_start(x.capability).value);
  while (x_ready == 0) test_yield(x.id);
  y = test::create_child(be_y);
  position_of_y = static_cast<uint32_t>(exo::env_start(y.capability).value);
  while (y_ready == 0) test_yield(y.id);
  while (x_ready != 2) test_yield(x.id);
  test::burn(40000);  // the transfer is over
  may_call = 1;
  for (unsigned n = 0; n < 100; ++n) test_sleep(EXO_EVENT_TIME, 100'000);
  CHECK(called == 1);
  CHECK(woken == 1);
  CHECK(exo::env_destroy(x.capability).ok());
  CHECK(exo::env_destroy(y.capability).ok());
  for (unsigned n = 0; n < 10; ++n) test_yield(EXO_YIELD_NEXT);
}

}  // namespace

void run_tests() {
  scenario(65535, 0);
  scenario(65535, 30000);  // the other owes less, and runs first
  test::print("END\n");
}
