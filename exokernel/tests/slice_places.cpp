// Where an environment's slices stand in the vector: side by side they are one long piece of work
// and a long wait, spread they are short ones; as many in both cases.
#include <initializer_list>

#include "exokernel/abi/time.hpp"
#include "exokernel/tests/harness/child.hpp"

namespace {

constexpr uint32_t kTables = 0x30040000;
constexpr uint32_t kTimer = 0x30060000;
constexpr uint32_t kEach = 4;  // slices of each of both
constexpr uint32_t kRounds = 3;
constexpr uint32_t kLogged = kRounds * 2 * kEach;

const volatile exo::EnvironmentRecord* records;

// Seen by parent and child.
volatile uint32_t log[kLogged];  // who had which slice
volatile uint32_t logged;
volatile bool may_end;

uint32_t self() { return exo::info().environment; }

void note() {
  if (logged == kLogged) return;
  log[logged] = self();
  logged = logged + 1;
}

void take_turns() {
  while (!may_end) {
    note();
    test_yield(EXO_YIELD_NEXT);
  }
}

void use_slices_up() {
  while (!may_end) {
  }
}

/// The test has position 0, and takes others: 0 to 3, or the even ones up to 6. The child gets the
/// rest of the first eight.
test::Child place(bool are_spread, void (*function)()) {
  may_end = false;
  const uint32_t step = are_spread ? 2 : 1;
  for (uint32_t count = 1; count < kEach; ++count)
    CHECK(exo::slice_alloc(count * step, 0u).value == static_cast<int32_t>(count * step));
  const test::Child child = test::create_child(function);
  test::start_child(child);  // in the first position that is free
  for (uint32_t count = 1; count < kEach; ++count) {
    const exo::CallResult made = exo::slice_alloc(EXO_SLICE_ANY, 0u);
    CHECK(made.value == static_cast<int32_t>(are_spread ? 2 * count + 1 : kEach + count));
    CHECK(exo::slice_give(static_cast<uint32_t>(made.value), child.capability).ok());
  }
  return child;
}

void clear(const test::Child& child, bool are_spread) {
  may_end = true;
  CHECK(test::wait_for(child, records) == 0);
  for (uint32_t count = 1; count < kEach; ++count)
    CHECK(exo::slice_dealloc(count * (are_spread ? 2 : 1)).ok());
}

/// Who runs, slice by slice.
void run_in_order(bool are_spread) {
  const test::Child child = place(are_spread, take_turns);
  logged = 0;
  while (logged < kLogged) {
    note();
    test_yield(EXO_YIELD_NEXT);
  }
  uint32_t counts[2] = {};
  uint32_t changes = 0;
  for (uint32_t at = 0; at < kLogged; ++at) {
    ++counts[log[at] == self()];
    if (at != 0 && log[at] != log[at - 1]) ++changes;
  }
  CHECK(counts[0] == counts[1]);
  CHECK(changes == (are_spread ? kLogged : 2 * kRounds) - 1);
  clear(child, are_spread);
}

/// The longest time that the test waits for its next slice while the child uses all of its own, in
/// slices.
void wait_for_slices(bool are_spread) {
  const uint32_t slice = exo::info().slice_ticks;
  const uint32_t timer = kTimer + static_cast<uint32_t>(exo::timer_bind(kTimer).value);
  const test::Child child = place(are_spread, use_slices_up);
  uint32_t longest = 0, waits = 0;
  for (uint32_t count = 0; count < kRounds * kEach; ++count) {
    const uint32_t begin = exo::ticks(timer);
    test_yield(EXO_YIELD_NEXT);
    const uint32_t wait = exo::ticks(timer) - begin;
    if (wait > longest) longest = wait;
    if (wait > slice / 2) ++waits;
  }
  const uint32_t most = are_spread ? 1 : kEach;
  CHECK(longest >= most * slice && longest < most * slice + slice / 16);
  CHECK(waits == (are_spread ? kRounds * kEach : kRounds));
  clear(child, are_spread);
}

}  // namespace

void run_tests() {
  records = test::bind_table<exo::EnvironmentRecord>(exo::Exposed::kEnvironments, kTables);
  for (const bool are_spread : {false, true}) {
    run_in_order(are_spread);
    wait_for_slices(are_spread);
  }
}
