// Who has slices to forfeit cannot give them away, to a partner that would use them.
// output: END
#include "exokernel/tests/harness/child.hpp"
#include "exokernel/tests/harness/overrun.hpp"

namespace {

test::Child debtor, partner;
volatile uint32_t position;
volatile bool is_refused, is_given;

void be_debtor() {
  test::overrun_slice();
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
