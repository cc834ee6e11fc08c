// slice_alloc, slice_dealloc, slice_give, sleep: named positions, lengths of their own, shares of
// the processor, each refusal; overruns forfeit slices.
#include "exokernel/tests/harness/child.hpp"
#include "exokernel/tests/harness/overrun.hpp"

using test::refused;

namespace {

constexpr uint32_t kTables = 0x30040000;

const volatile exo::EnvironmentRecord* records;
const volatile exo::SliceRecord* vector;
exo::Capability quota;

volatile uint32_t turns[2];  // slices that the children have had
volatile bool may_end;
volatile uint32_t role;

uint32_t self() { return exo::info().environment; }

void take_turns() {
  const uint32_t own = role;
  while (!may_end) {
    turns[own] = turns[own] + 1;
    test_yield(EXO_YIELD_NEXT);
  }
}

test::Child start(uint32_t as, void (*function)()) {
  role = as;
  may_end = false;
  const test::Child child = test::create_child(function);
  test::start_child(child);
  test_yield(child.id);  // it reads its role
  return child;
}

void end(const test::Child& child) {
  may_end = true;
  CHECK(test::wait_for(child, records) == 0);
}

void allocates_named_positions() {
  const uint32_t last = exo::info().slice_positions - 1;
  CHECK(vector[0].environment == self() && vector[0].ticks == 0);
  CHECK(exo::slice_alloc(last, 500u).value == static_cast<int32_t>(last));
  CHECK(vector[last].environment == self() && vector[last].ticks == 500);
  CHECK(refused(exo::slice_alloc(last, 0u), EXO_ERROR_BUSY));
  CHECK(refused(exo::slice_alloc(last + 1, 0u), EXO_ERROR_BAD_ARGUMENT));
  CHECK(refused(exo::slice_alloc(0xfffffffeu, 0u), EXO_ERROR_BAD_ARGUMENT));
  CHECK(refused(exo::slice_alloc(7u, EXO_SLICE_TICKS_MAX + 1u), EXO_ERROR_BAD_ARGUMENT));
  CHECK(exo::slice_alloc(7u, uint32_t{EXO_SLICE_TICKS_MAX}).value == 7);
  CHECK(vector[7].ticks == EXO_SLICE_TICKS_MAX);
  CHECK(exo::slice_dealloc(7u).ok());
  CHECK(exo::slice_alloc(EXO_SLICE_ANY, 0u).value == 1);
  CHECK(exo::slice_dealloc(1u).value == 0);
  CHECK(vector[1].environment == 0);
  CHECK(refused(exo::slice_dealloc(1u), EXO_ERROR_NOT_OWNER));
  CHECK(refused(exo::slice_dealloc(last + 1), EXO_ERROR_BAD_ARGUMENT));
  CHECK(exo::slice_dealloc(last).ok());
}

void refuses_when_none_is_free() {
  uint32_t count = 0;
  while (exo::slice_alloc(EXO_SLICE_ANY, 0u).ok()) ++count;
  CHECK(count == exo::info().slice_positions - 1);
  CHECK(refused(exo::slice_alloc(EXO_SLICE_ANY, 0u), EXO_ERROR_LIMIT));
  for (uint32_t position = 1; position <= count; ++position)
    CHECK(exo::slice_dealloc(position).ok());
  const uint32_t pages = EXO_RESOURCE_SLICES;
  CHECK(exo::quota_set(quota, self(), pages, 0u, 1u, 1u).ok());
  CHECK(refused(exo::slice_alloc(EXO_SLICE_ANY, 0u), EXO_ERROR_QUOTA));
  CHECK(exo::quota_set(quota, self(), pages, 0u, EXO_NO_LIMIT, 1u).ok());
}

/// Three positions to one child, one to the other: three turns to one.
void shares_follow_positions() {
  const test::Child rich = start(0, take_turns);
  const test::Child poor = start(1, take_turns);
  for (unsigned more = 0; more < 2; ++more) {
    const exo::CallResult position = exo::slice_alloc(EXO_SLICE_ANY, 0u);
    CHECK(exo::slice_give(static_cast<uint32_t>(position.value), rich.capability).value == 0);
    CHECK(vector[position.value].environment == rich.id);
  }
  turns[0] = 0;
  turns[1] = 0;
  for (unsigned round = 0; round < 10; ++round) test_yield(EXO_YIELD_NEXT);
  CHECK(turns[0] == 30 && turns[1] == 10);
  end(rich);
  end(poor);
  for (uint32_t position = 1; position < 8; ++position) CHECK(vector[position].environment == 0);
}

void refuses_to_give() {
  const test::Child child = test::create_child(take_turns);
  const exo::Capability weak =
      exo::capability_derive(child.capability, EXO_RIGHT_FREE).capability();
  const uint32_t own = static_cast<uint32_t>(exo::slice_alloc(EXO_SLICE_ANY, 0u).value);
  CHECK(refused(exo::slice_give(own, weak), EXO_ERROR_NO_RIGHT));
  CHECK(refused(exo::slice_give(own, exo::Capability{}), EXO_ERROR_BAD_CAPABILITY));
  CHECK(refused(exo::slice_give(own, child.capability), EXO_ERROR_NO_ENVIRONMENT));
  CHECK(refused(exo::slice_give(own + 1, child.capability), EXO_ERROR_NOT_OWNER));
  CHECK(refused(exo::slice_give(exo::info().slice_positions, child.capability),
                EXO_ERROR_BAD_ARGUMENT));
  test::start_child(child);
  CHECK(exo::quota_set(quota, child.id, uint32_t{EXO_RESOURCE_SLICES}, 0u, 1u, 1u).ok());
  CHECK(refused(exo::slice_give(own, child.capability), EXO_ERROR_QUOTA));
  CHECK(exo::slice_dealloc(own).ok());
  CHECK(exo::env_destroy(child.capability).ok());
}

/// Cycles, in ticks, of a whole slice: both ends are at its start.
uint32_t measure_slice(uint32_t ticks) {
  const exo::CallResult position = exo::slice_alloc(1u, ticks);
  CHECK(position.ok());
  CHECK(exo::slice_dealloc(0u).ok());
  test_yield(EXO_YIELD_NEXT);  // from now on its slices are at position 1
  const uint32_t before = test::slices();
  uint32_t rounds = 0;
  while (test::slices() == before) ++rounds;
  CHECK(exo::slice_alloc(0u, 0u).ok());
  CHECK(exo::slice_dealloc(1u).ok());
  test_yield(EXO_YIELD_NEXT);
  return rounds;
}

void lengths_are_their_own() {
  const uint32_t shorter = measure_slice(2000);
  const uint32_t longer = measure_slice(6000);
  CHECK(shorter > 1000);
  CHECK(longer > 3 * shorter - shorter / 20 && longer < 3 * shorter + shorter / 20);
}

volatile uint32_t woken_by;

void sleep_a_while() {
  exo::context().events = 0;
  CHECK(test_sleep(EXO_EVENT_TIME, 3'000'000) == 0);
  woken_by = exo::context().events;
  turns[0] = turns[0] + 1;
}

void sleeps_for_a_time() {
  turns[0] = 0;
  const test::Child child = test::create_child(sleep_a_while);
  test::start_child(child);
  test_yield(EXO_YIELD_NEXT);
  for (unsigned count = 0; count < 20; ++count) test_yield(EXO_YIELD_NEXT);
  CHECK(turns[0] == 0);  // not much time has passed
  // When all sleep time goes on, and the child is the first to wake.
  CHECK(test_sleep(EXO_EVENT_TIME, 4'000'000) == 0);
  CHECK(exo::context().events == EXO_EVENT_TIME);
  CHECK(turns[0] == 1 && woken_by == EXO_EVENT_TIME);
  CHECK(test::wait_for(child, records) == 0);
}

void sleep_until_told() {
  CHECK(test_sleep(EXO_EVENT_NOTICE, 0) == 0);
  woken_by = exo::context().events;
}

void is_woken_by_a_notice() {
  woken_by = 0;
  const test::Child child = test::create_child(sleep_until_told);
  for (unsigned count = 0; count < 20; ++count)
    CHECK(exo::page_give(exo::page_alloc(EXO_PAGE_ANY).capability(), child.capability).ok());
  test::start_child(child);
  for (unsigned count = 0; count < 5; ++count) test_yield(EXO_YIELD_NEXT);
  CHECK(woken_by == 0);
  CHECK(exo::revoke(quota, child.id, uint32_t{EXO_RESOURCE_PAGES}, 1u, 100'000'000u).ok());
  CHECK(test::wait_for(child, records) == 0);
  CHECK(woken_by == EXO_EVENT_NOTICE);
}

void refuses_to_sleep() {
  CHECK(test_sleep(0, 0) == -EXO_ERROR_BAD_ARGUMENT);
  CHECK(test_sleep(EXO_EVENT_ALL + 1, 0) == -EXO_ERROR_BAD_ARGUMENT);
}

/// In one slice it goes on beyond the grace period; then it takes turns.
void overrun() {
  test::overrun_slice();
  take_turns();
}

/// Each overrun costs a slice: in so many rounds the child has no turn.
void overruns_forfeit_slices() {
  role = 0;
  may_end = false;
  const test::Child child = test::create_child(overrun);
  test::start_child(child);
  test_yield(EXO_YIELD_NEXT);  // the slice that is overrun
  const uint32_t excess = records[child.id].excess;
  CHECK(excess > 0 && excess < 4);
  uint32_t missed = 0;
  for (unsigned round = 0; round < 10; ++round) {
    const uint32_t before = turns[0];
    test_yield(EXO_YIELD_NEXT);
    missed += turns[0] == before;
  }
  CHECK(missed == excess);
  end(child);
}

}  // namespace

void run_tests() {
  records = test::bind_table<exo::EnvironmentRecord>(exo::Exposed::kEnvironments, kTables);
  vector = test::bind_table<exo::SliceRecord>(exo::Exposed::kSlices, kTables + 0x10000);
  quota = exo::capability_mint(exo::capability_word(EXO_KIND_QUOTA, EXO_RIGHT_ALL, 0)).capability();
  allocates_named_positions();
  refuses_when_none_is_free();
  shares_follow_positions();
  refuses_to_give();
  lengths_are_their_own();
  sleeps_for_a_time();
  is_woken_by_a_notice();
  refuses_to_sleep();
  overruns_forfeit_slices();
}
