// A yield that is refused changes nothing: who sleeps, and has been entered by a transfer
// meanwhile, goes on sleeping.
// output: END
#include "exokernel/tests/harness/child.hpp"

namespace {

constexpr uint32_t kNobody = 999;

volatile bool was_refused, was_woken;
uint32_t parent;

uint32_t acall(uint32_t id) { return EXO_ACALL | (id << EXO_TRANSFER_SHIFT); }

void sleep_for_ever() {
  exo::context().asynchronous_entry = reinterpret_cast<uint32_t>(&test_entry);
  test_sleep(EXO_EVENT_NOTICE, 0);  // returns when it is entered
  was_refused = test::refused(exo::yield(kNobody), EXO_ERROR_NO_ENVIRONMENT);
  test_transfer(acall(parent));
  was_woken = true;
}

}  // namespace

void run_tests() {
  exo::context().asynchronous_entry = reinterpret_cast<uint32_t>(&test_entry);
  parent = exo::info().environment;
  const test::Child child = test::create_child(sleep_for_ever);
  test::start_child(child);
  test_yield(EXO_YIELD_NEXT);
  CHECK(test_transfer(acall(child.id)) == static_cast<int32_t>(child.id << EXO_TRANSFER_SHIFT));
  CHECK(was_refused);
  for (unsigned slice = 0; slice < 5; ++slice) test_yield(EXO_YIELD_NEXT);
  CHECK(!was_woken);
  CHECK(exo::env_destroy(child.capability).ok());
  test::print("END\n");
}
