// Long ways through the kernel, which runs with interrupts off: they have bounds, however much a
// program has.
// options: --set arguments=slice=1000000
#include "exokernel/abi/time.hpp"
#include "exokernel/tests/harness/child.hpp"
#include "exokernel/tests/harness/code.hpp"

using test::encode;
using test::kReturn;

namespace {

constexpr uint32_t kClock = 0x10801000;
constexpr uint32_t kWindow = 0x11000000;
constexpr uint32_t kPages = 128;
constexpr uint32_t kChildren = 10;

uint32_t registers;
uint32_t begin;

void start() { begin = exo::ticks(registers); }
/// True if at most so many cycles have passed: the timer counts every 25th.
bool stops_within(uint32_t cycles) { return (exo::ticks(registers) - begin) * 25 <= cycles; }

exo::Capability pages[kPages];
exo::Capability code;
test::Child children[kChildren];

void allocate_pages() {
  for (exo::Capability& page : pages) page = exo::page_alloc(EXO_PAGE_ANY).capability();
}

void hold_still() {
  for (;;) test_yield(EXO_YIELD_NEXT);
}

void download() {
  const exo::Capability page = exo::page_alloc(EXO_PAGE_ANY).capability();
  CHECK(exo::tlb_write(kWindow, EXO_MAP_WRITE, page).ok());
  test::write_code(kWindow, {kReturn, encode<"ori">(REG_V0, 0, 1)});
  code = exo::code_download(page, page, 0u, 2u).capability();
}

void remove_code(bool is_guaranteed) {
  allocate_pages();
  download();
  for (uint32_t n = 0; n < kPages; ++n) {
    CHECK(exo::page_predicate(pages[n].index(), code).ok());
    CHECK(exo::bind_by_predicate(kWindow + n * PAGE_SIZE, 0u, pages[n].index(), 0u).ok());
    CHECK(exo::bind_by_predicate(kWindow + (n + 200) * PAGE_SIZE, 0u, pages[n].index(), 0u).ok());
    if (is_guaranteed && n < kChildren * 8)
      CHECK(exo::env_guarantee(children[n / 8].capability, kWindow + n * PAGE_SIZE, pages[n]).ok());
  }
  start();
  CHECK(exo::code_remove(code).ok());
  CHECK(stops_within(60'000));
  for (const exo::Capability& page : pages) CHECK(exo::page_dealloc(page).ok());
}

void bind_twice() {
  for (uint32_t n = 0; n < 100; ++n) {
    const exo::Capability page = exo::page_alloc(EXO_PAGE_ANY).capability();
    exo::tlb_write(kWindow + n * PAGE_SIZE, 0u, page);
    exo::tlb_write(kWindow + (n + 200) * PAGE_SIZE, 0u, page);
  }
  hold_still();
}
void take_slices() {
  while (exo::slice_alloc(uint32_t{EXO_SLICE_ANY}, 0u).ok()) {
  }
  hold_still();
}
/// All of the software TLB, for 16 pages.
void bind_often() {
  constexpr uint32_t kOften = 16, kTimes = 256;
  for (uint32_t n = 0; n < kOften; ++n) {
    const exo::Capability page = exo::page_alloc(EXO_PAGE_ANY).capability();
    for (uint32_t at = n * kTimes; at < (n + 1) * kTimes; ++at)
      exo::tlb_write(kWindow + at * PAGE_SIZE, 0u, page);
  }
  hold_still();
}
test::Child run_until_it_yields(void (*function)()) {
  const test::Child child = test::create_child(function);
  test::start_child(child);
  test_yield(child.id);
  return child;
}
void end_of(void (*function)()) {
  const test::Child child = run_until_it_yields(function);
  start();
  CHECK(exo::env_destroy(child.capability).ok());
  CHECK(stops_within(50'000));
  start();
  CHECK(exo::page_alloc(EXO_PAGE_ANY).ok());
  CHECK(stops_within(50'000));
}

/// Each yield is a step of the revocation, in which the child looks at its notice too.
void revoke_pages_bound_often() {
  const test::Child child = run_until_it_yields(bind_often);
  constexpr uint32_t kRevoked = 10;
  const uint32_t pages_before = test::pages_of(child.id);
  const exo::Capability quota =
      exo::capability_mint(exo::capability_word(EXO_KIND_QUOTA, EXO_RIGHT_ALL, 0)).capability();
  CHECK(exo::revoke(quota, child.id, EXO_RESOURCE_PAGES, kRevoked, 1u).ok());
  while (test::pages_of(child.id) != pages_before - kRevoked) {
    exo::timer_bind(kClock);
    start();
    test_yield(EXO_YIELD_NEXT);
    CHECK(stops_within(50'000));
  }
  CHECK(exo::env_destroy(child.capability).ok());
}

/// As many as the queue has, all for one page; the first of them is under way.
void cancel_transfers() {
  const exo::Capability from = exo::page_alloc(EXO_PAGE_ANY).capability();
  const exo::Capability to = exo::page_alloc(EXO_PAGE_ANY).capability();
  exo::timer_bind(kClock);
  while (exo::dma_copy(from, to, 0u, PAGE_SIZE).ok()) {
  }
  start();
  CHECK(exo::page_dealloc(to).ok());
  CHECK(stops_within(25'000));
  CHECK(exo::page_dealloc(from).ok());
}

}  // namespace

void run_tests() {
  const exo::CallResult clock = exo::timer_bind(kClock);
  registers = kClock + static_cast<uint32_t>(clock.value);
  remove_code(false);
  for (test::Child& child : children) child = test::create_child(hold_still);
  remove_code(true);
  for (test::Child& child : children) CHECK(exo::env_destroy(child.capability).ok());
  end_of(bind_twice);
  end_of(take_slices);
  end_of(bind_often);
  revoke_pages_bound_often();
  cancel_transfers();
}
