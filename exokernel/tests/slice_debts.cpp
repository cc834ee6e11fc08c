// Who has slices to forfeit cannot give them away, to a partner that would use them.
// output: END
#include "exokernel/tests/harness/child.hpp"

asm(R"(
  .set push
  .set noreorder
  .text
  .globl late_end
late_end:
  li    $4, 3500
1:
  bne   $4, $0, 1b
  addiu $4, $4, -1
  j     test_slice_end
  nop
  .set pop
)");
extern "C" void late_end();

namespace {

test::Child debtor, partner;
volatile uint32_t position;
volatile bool is_refused, is_given;

/// Does not yield at the end of its slice before a grace period is over.
void overrun_slice() {
  exo::context().slice_end = reinterpret_cast<uint32_t>(&late_end);
  const uint32_t before = test::slices();
  while (test::slices() == before) {
  }
  exo::context().slice_end = reinterpret_cast<uint32_t>(&test_slice_end);
}

void be_debtor() {
  overrun_slice();
  CHECK(exo::slice_give(position, partner.capability).value == -EXO_ERROR_BUSY);
  is_refused = true;
  test_yield(EXO_YIELD_NEXT);  // comes back when it has forfeited them
  CHECK(exo::slice_give(position, partner.capability).ok());
  is_given = true;
  for (;;) test_yield(EXO_YIELD_NEXT);
}

void be_partner() {
  for (;;) test_yield(EXO_YIELD_NEXT);
}

}  // namespace

void run_tests() {
  partner = test::create_child(be_partner);
  test::start_child(partner);
  test_yield(partner.id);
  debtor = test::create_child(be_debtor);
  position = static_cast<uint32_t>(exo::env_start(debtor.capability).value);
  // It overruns its own slice; the rest, up to its yield, it does in one of this environment.
  while (!is_refused) {
    test_yield(EXO_YIELD_NEXT);
    if (!is_refused) test_yield(debtor.id);
  }
  while (!is_given) test_yield(EXO_YIELD_NEXT);
  CHECK(exo::env_destroy(debtor.capability).ok());
  CHECK(exo::env_destroy(partner.capability).ok());
  test::print("END\n");
}
