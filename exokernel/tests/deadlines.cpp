// The end of a sleep and the deadline of a revocation: never before so many cycles have passed, for
// any number of cycles, whether the timer is slower than the processor or faster, so that the low
// word of its counter comes round during the wait.
// options: --set arguments=slice=1000
// options: --set devices.timer.frequency=13MHz --set arguments=slice=1000
// options: --set devices.timer.frequency=25MHz --set arguments=slice=1000
// options: --set devices.timer.frequency=40MHz --set arguments=slice=1000
// options: --set devices.timer.frequency=4294967295Hz --set arguments=slice=1000
// options: --set devices.timer.frequency=4294967295Hz --set arguments=slice=1000000
// output: END
#include <initializer_list>

#include "exokernel/abi/time.hpp"
#include "exokernel/tests/harness/child.hpp"

using test::Child;

namespace {

constexpr uint32_t kTables = 0x30040000;
constexpr uint32_t kBoundaries[] = {0x7fffffff, 0x80000000, 0x80000001, 0xfffffffe, 0xffffffff};
constexpr uint32_t kManyCycles = 27'000'000;  // more than 2^32 ticks of the fastest timer

const volatile exo::EnvironmentRecord* records;
exo::Capability quota;

uint64_t now() {
  return exo::all_ticks(test::kVirt + static_cast<uint32_t>(exo::timer_bind(test::kVirt).value));
}

/// True if so many ticks are at least so many cycles.
bool lasted(uint64_t ticks, uint32_t cycles) {
  return ticks * exo::info().cpu_hz >= uint64_t{cycles} * exo::info().timer_hz;
}

void sleeps_long_enough() {
  for (const uint32_t cycles : {0u, 1u, 24u, 25u, 26u, 1000u, 65'537u, 999'999u, kManyCycles}) {
    const uint64_t begin = now();
    CHECK(test_sleep(EXO_EVENT_TIME, cycles) == 0);
    const uint64_t passed = now() - begin;
    CHECK(lasted(passed, cycles));
    CHECK(!lasted(passed, cycles + cycles / 100 + 20'000));
  }
}

volatile uint32_t to_sleep, wakings;

void be_sleeper() {
  for (;;) {
    test_sleep(EXO_EVENT_TIME, to_sleep);
    wakings = wakings + 1;
  }
}

/// Long before the end.
void does_not_wake_early() {
  for (const uint32_t cycles : kBoundaries) {
    to_sleep = cycles;
    wakings = 0;
    const Child child = test::create_child(be_sleeper);
    test::start_child(child);
    for (unsigned slice = 0; slice < 5; ++slice) test_yield(EXO_YIELD_NEXT);
    test_sleep(EXO_EVENT_TIME, 100'000u);
    CHECK(wakings == 0);
    CHECK(exo::env_destroy(child.capability).ok());
  }
}

/// In the run with long slices nobody looks at the sleeper before its time has passed by more than
/// half of what the counter's low word counts.
void wakes_however_late() {
  constexpr uint32_t kLateCycles = 14'000'000;
  to_sleep = 1000;
  wakings = 0;
  const Child child = test::create_child(be_sleeper);
  test::start_child(child);
  test_yield(EXO_YIELD_NEXT);
  const uint64_t begin = now();
  while (!lasted(now() - begin, kLateCycles)) test::burn(1000);
  const uint32_t before = wakings;
  const uint64_t since = now();  // its last sleep may have begun just before
  while (!lasted(now() - since, 3000)) test::burn(100);
  test_yield(EXO_YIELD_NEXT);
  CHECK(wakings > before);
  CHECK(exo::env_destroy(child.capability).ok());
}

volatile uint32_t told[5];  // notices, by kind

void count_notice() {
  const uint32_t kind = exo::context().notice_kind;
  told[kind] = told[kind] + 1;
}

void be_asked() {
  for (unsigned count = 0; count < 8; ++count) exo::page_alloc(EXO_PAGE_ANY);
  test::on_notice(count_notice);
  for (;;) test_yield(EXO_YIELD_NEXT);
}

void is_not_pressed_early() {
  for (const uint32_t cycles : kBoundaries) {
    for (volatile uint32_t& count : told) count = 0;
    const Child child = test::create_child(be_asked);
    test::start_child(child);
    test_yield(EXO_YIELD_NEXT);
    CHECK(exo::revoke(quota, child.id, uint32_t{EXO_RESOURCE_PAGES}, 1u, cycles).ok());
    for (unsigned slice = 0; slice < 8; ++slice) test_yield(EXO_YIELD_NEXT);
    CHECK(told[EXO_NOTICE_REVOCATION] == 1);
    CHECK(told[EXO_NOTICE_IMPERATIVE] == 0 && told[EXO_NOTICE_REPOSSESSION] == 0);
    CHECK(exo::env_destroy(child.capability).ok());
  }
}

}  // namespace

void run_tests() {
  records = test::bind_table<exo::EnvironmentRecord>(exo::Exposed::kEnvironments, kTables);
  quota = exo::capability_mint(exo::capability_word(EXO_KIND_QUOTA, EXO_RIGHT_ALL, 0)).capability();
  sleeps_long_enough();
  does_not_wake_early();
  wakes_however_late();
  is_not_pressed_early();
  test::print("END\n");
}
