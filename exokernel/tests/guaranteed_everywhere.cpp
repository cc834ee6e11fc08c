// A page that is guaranteed as often as can be, in as many environments as can be, changes hands:
// all guarantees are broken, but those of the receiver, and that takes no longer than is stated.
// options: --set arguments=slice=1000000
#include "exokernel/abi/time.hpp"
#include "exokernel/tests/harness/child.hpp"

using test::refused;

namespace {

constexpr uint32_t kClock = 0x10801000;
constexpr uint32_t kShown = 0x11000000;
constexpr uint32_t kTables = 0x30000000;
constexpr uint32_t kCyclesPerTick = 25;
constexpr uint32_t kMost = 120'000;  // cycles
constexpr uint32_t kRunning = 60;    // nearly as many as have an address space
constexpr uint32_t kAll = 510;

exo::Capability all[kAll];  // environments; those that run come first
exo::Capability page;
uint32_t registers;
volatile uint32_t seen, missed;

void look() {
  for (;; test_yield(EXO_YIELD_NEXT)) {
    const bool is_missed = test::raises(EXC_TLBL, [] { test::touch(kShown); });
    volatile uint32_t& count = is_missed ? missed : seen;
    count = count + 1;
  }
}

void create_all() {
  for (uint32_t n = 0; n < kRunning; ++n) {
    const test::Child child = test::create_child(look);
    test::start_child(child);
    all[n] = child.capability;
  }
  for (uint32_t n = kRunning; n < kAll; ++n) {
    const exo::Capability context = exo::page_alloc(EXO_PAGE_ANY).capability();
    const exo::Capability info = exo::page_alloc(EXO_PAGE_ANY).capability();
    all[n] = exo::env_create(context, info).capability();
  }
}

uint32_t guarantees_of(uint32_t pfn) {
  const uint32_t at = pfn * sizeof(exo::PageRecord);
  const uint32_t first = exo::exposed_table(exo::info(), exo::Exposed::kPages).first_pfn;
  const exo::CallResult part = exo::page_capability(first + at / PAGE_SIZE, EXO_RIGHT_READ);
  CHECK(exo::tlb_write(kTables, 0u, part.capability()).ok());
  return reinterpret_cast<const volatile exo::PageRecord*>(kTables + at % PAGE_SIZE)->guarantees;
}
uint32_t guarantees() { return guarantees_of(page.index()); }

bool guarantee(uint32_t n, uint32_t at) {
  return exo::env_guarantee(all[n], kShown + at * PAGE_SIZE, page).ok();
}

/// As many as can be in each environment. No more can be had, anywhere.
void guarantee_in_few() {
  page = exo::page_alloc(EXO_PAGE_ANY).capability();
  for (uint32_t n = 0; n < kAll; ++n)
    for (uint32_t at = 0; guarantee(n, at); ++at) {
    }
  CHECK(guarantees() == EXO_GUARANTEES_OF_PAGE_MAX);
  CHECK(refused(exo::env_guarantee(all[kAll - 1], kShown, page), EXO_ERROR_LIMIT));
  CHECK(refused(exo::guarantee(kShown, 0u, page), EXO_ERROR_LIMIT));
  const exo::CallResult other = exo::page_alloc(EXO_PAGE_ANY);
  CHECK(exo::env_guarantee(all[kAll - 1], kShown, other.capability()).ok());
  CHECK(exo::page_dealloc(other.capability()).ok());
}

/// The same number, but one in each.
void guarantee_in_all() {
  page = exo::page_alloc(EXO_PAGE_ANY).capability();
  for (uint32_t n = 0; n < kAll; ++n) CHECK(guarantee(n, 0));
  CHECK(guarantee(0, 1) && guarantee(7, 2) && !guarantee(8, 3));
  CHECK(guarantees() == EXO_GUARANTEES_OF_PAGE_MAX);
}

template <typename Action>
void takes_at_most(uint32_t cycles, Action action) {
  CHECK(exo::timer_bind(kClock).ok());
  const uint32_t begin = exo::ticks(registers);
  action();
  const uint32_t taken = (exo::ticks(registers) - begin) * kCyclesPerTick;
  if (taken > cycles) test::print(taken);
  CHECK(taken <= cycles);
}

/// Lets all of those that run look once: so many see the page.
void looked_at_by(uint32_t count) {
  seen = 0;
  missed = 0;
  test_yield(EXO_YIELD_NEXT);
  CHECK(seen == count && missed == kRunning - count);
}

void give_back() {
  looked_at_by(kRunning);
  takes_at_most(kMost, [] { CHECK(exo::page_dealloc(page).ok()); });
  CHECK(guarantees() == 0);
  looked_at_by(0);
}

void give_away() {
  guarantee_in_all();
  takes_at_most(kMost, [] { CHECK(exo::page_give(page, all[0]).ok()); });
  CHECK(guarantees() == 2);
  looked_at_by(1);
}

/// Beside other guarantees of the same environments, which stay.
void change_capability() {
  const exo::Capability before = exo::page_alloc(EXO_PAGE_ANY).capability();
  for (uint32_t n = 1; n < kAll; ++n)
    CHECK(exo::env_guarantee(all[n], kShown + PAGE_SIZE, before).ok());
  page = exo::page_alloc(EXO_PAGE_ANY).capability();
  const exo::Capability behind = exo::page_alloc(EXO_PAGE_ANY).capability();
  for (uint32_t n = 1; n < kAll; ++n) {
    CHECK(guarantee(n, 0));
    CHECK(exo::env_guarantee(all[n], kShown + 2 * PAGE_SIZE, behind).ok());
  }
  const uint32_t word = exo::capability_word(EXO_KIND_PAGE, EXO_RIGHT_ALL, page.index());
  takes_at_most(kMost, [=] { CHECK(exo::capability_change(word).ok()); });
  CHECK(guarantees() == 0);
  CHECK(guarantees_of(before.index()) == kAll - 1);
  CHECK(guarantees_of(behind.index()) == kAll - 1);
  looked_at_by(1);
  takes_at_most(kMost, [=] { CHECK(exo::page_dealloc(before).ok()); });
  takes_at_most(kMost, [=] { CHECK(exo::page_dealloc(behind).ok()); });
}

}  // namespace

void run_tests() {
  const exo::CallResult clock = exo::timer_bind(kClock);
  registers = kClock + static_cast<uint32_t>(clock.value);
  create_all();
  guarantee_in_few();
  give_back();
  guarantee_in_all();
  give_back();
  give_away();
  change_capability();
}
