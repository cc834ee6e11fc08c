// All sleep, and time wakes none of those who could run: a sleeper without a slice runs again only
// if somebody who runs enters it.
// status: 111
// output: woken in the parent's slices, woken by a deadline, .*nobody who could run has a slice
#include "exokernel/tests/harness/child.hpp"

namespace {

constexpr uint32_t kShort = 200'000;  // cycles

/// Gives back the positions of the calling environment; the others are refused.
void drop_slices() {
  uint32_t count = 0;
  for (uint32_t position = 0; position < exo::info().slice_positions; ++position)
    count += exo::slice_dealloc(position).ok();
  CHECK(count == 1);
}

void sleep_in_the_slices_of_the_parent() {
  exo::context().synchronous_entry = reinterpret_cast<uint32_t>(&test_entry);
  drop_slices();
  const int32_t caller = test_yield(EXO_YIELD_NEXT);
  CHECK(caller == 1 << EXO_TRANSFER_SHIFT);
  CHECK(test_sleep(EXO_EVENT_TIME, kShort) == 0);
  test::print("woken in the parent's slices, ");
  test_transfer(EXO_SCALL | (1 << EXO_TRANSFER_SHIFT));
}

void sleep_until_told_twice() {
  CHECK(test_sleep(EXO_EVENT_NOTICE, 0) == 0);
  CHECK(test_sleep(EXO_EVENT_NOTICE, 0) == 0);
  test::print("woken by a deadline, ");
}

void sleep_without_a_slice() {
  drop_slices();
  for (;;) test_sleep(EXO_EVENT_TIME, kShort);
}

}  // namespace

void run_tests() {
  CHECK(exo::info().environment == 1);
  exo::context().synchronous_entry = reinterpret_cast<uint32_t>(&test_entry);

  const test::Child runner = test::create_child(sleep_in_the_slices_of_the_parent);
  test::start_child(runner);
  test_yield(EXO_YIELD_NEXT);
  CHECK(test_transfer(EXO_SCALL | (runner.id << EXO_TRANSFER_SHIFT)) ==
        static_cast<int32_t>(runner.id << EXO_TRANSFER_SHIFT));

  const test::Child told = test::create_child(sleep_until_told_twice);
  CHECK(exo::page_give(exo::page_alloc(EXO_PAGE_ANY).capability(), told.capability).ok());
  for (unsigned count = 0; count < EXO_GUARANTEED_PAGES; ++count)
    CHECK(exo::page_give(exo::page_alloc(EXO_PAGE_ANY).capability(), told.capability).ok());
  test::start_child(told);
  const exo::CallResult quota =
      exo::capability_mint(exo::capability_word(EXO_KIND_QUOTA, EXO_RIGHT_ALL, 0));
  CHECK(exo::revoke(quota.capability(), told.id, uint32_t{EXO_RESOURCE_PAGES}, 1u, kShort).ok());

  const test::Child sleeper = test::create_child(sleep_without_a_slice);
  test::start_child(sleeper);
  test_yield(EXO_YIELD_NEXT);
  if (test::failures() == 0) test_sleep(EXO_EVENT_NOTICE, 0);
}
