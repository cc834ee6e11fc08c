// All positions of the slice vector but two are those of environments that sleep: the next slice
// comes soon, whoever sleeps, and devices do not wait for that. The bounds are a few per cent above
// what is measured: the lines of the kernel's code and tables collide in the caches as they happen
// to lie.
// options: --set arguments=slice=1000000
// latency: 12000
#include "exokernel/abi/time.hpp"
#include "exokernel/tests/harness/child.hpp"

namespace {

constexpr uint32_t kClock = 0x10801000;
constexpr uint32_t kTables = 0x30000000;
constexpr uint32_t kCyclesPerTick = 25;
constexpr uint32_t kSleepers = 500;
constexpr unsigned kTransfers = 16;

const volatile exo::SystemRecord* machine;
uint32_t registers;
volatile uint32_t woken;
test::Child children[kSleepers];

template <uint32_t Events>
void sleep_on() {
  CHECK(exo::slice_alloc(EXO_SLICE_ANY, 0u).ok());
  test_sleep(Events, 0x7fffffff);
  woken = woken + 1;
}

/// The next slice, the caller's own, comes within so many cycles. Meanwhile devices interrupt: they
/// do not wait for that.
void goes_on_within(uint32_t cycles) {
  const exo::Capability from = exo::page_alloc(EXO_PAGE_ANY).capability();
  CHECK(exo::timer_bind(kClock).ok());
  for (unsigned count = 0; count < kTransfers; ++count)
    CHECK(exo::dma_copy(from, from, 0u, PAGE_SIZE | EXO_DMA_TELL).ok());
  const uint32_t begin = exo::ticks(registers);
  test_yield(EXO_YIELD_NEXT);
  const uint32_t taken = (exo::ticks(registers) - begin) * kCyclesPerTick;
  if (taken > cycles) test::print(taken);
  CHECK(taken <= cycles);
  CHECK(exo::page_dealloc(from).ok());
}

/// Each has two slices.
void create_sleepers(void (*function)()) {
  for (test::Child& child : children) {
    child = test::create_child(function);
    test::start_child(child);
    test_yield(child.id);
  }
}

void end_sleepers() {
  CHECK(woken == 0);
  for (const test::Child& child : children) exo::env_destroy(child.capability);
  while (machine->stock[EXO_RESOURCE_ENVIRONMENTS].free < kSleepers) test_yield(EXO_YIELD_NEXT);
}

void is_passed_over(void (*function)(), uint32_t cycles) {
  create_sleepers(function);
  goes_on_within(cycles);
  end_sleepers();
}

/// All sleep, the test too, first and last of all. What it waits for comes at any time of the
/// rounds in which the kernel looks who has been woken.
void is_woken_in_time() {
  create_sleepers(sleep_on<EXO_EVENT_NOTICE>);
  CHECK(exo::env_destroy(children[0].capability).ok());
  CHECK(exo::slice_alloc(1u, 0u).ok());
  const exo::Capability page = exo::page_alloc(EXO_PAGE_ANY).capability();
  for (uint32_t bytes = 4; bytes <= PAGE_SIZE; bytes += 44) {
    CHECK(exo::dma_copy(page, page, 0u, bytes | EXO_DMA_TELL).ok());
    CHECK(test_sleep(EXO_EVENT_DMA, 0) == 0);
  }
  CHECK(exo::page_dealloc(page).ok());
  end_sleepers();
  CHECK(exo::slice_dealloc(1u).ok());
}

void take_all_and_sleep() {
  while (exo::slice_alloc(EXO_SLICE_ANY, 0u).ok()) {
  }
  test_sleep(EXO_EVENT_DMA | EXO_EVENT_TIME, 0x7fffffff);
}

void one_is_looked_at_once() {
  const test::Child child = test::create_child(take_all_and_sleep);
  test::start_child(child);
  test_yield(child.id);
  CHECK(machine->stock[EXO_RESOURCE_SLICES].free == 0);
  goes_on_within(36'000);
  CHECK(exo::env_destroy(child.capability).ok());
}

}  // namespace

void run_tests() {
  const exo::CallResult clock = exo::timer_bind(kClock);
  registers = kClock + static_cast<uint32_t>(clock.value);
  machine = test::bind_table<exo::SystemRecord>(exo::Exposed::kSystem, kTables);
  is_passed_over(sleep_on<EXO_EVENT_NOTICE>, 120'000);
  is_passed_over(sleep_on<EXO_EVENT_TIME>, 90'000);
  one_is_looked_at_once();
  is_woken_in_time();
}
