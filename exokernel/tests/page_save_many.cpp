// More pages are taken by force, to be saved on the disk, than may wait for it: the others are
// taken later, and all are saved. Giving their extent back while as many wait as may takes no
// longer than is stated.
// options: --set arguments=slice=1000000
#include "exokernel/abi/time.hpp"
#include "exokernel/tests/harness/disk.hpp"

namespace {

constexpr uint32_t kClock = 0x10801000;
constexpr uint32_t kCyclesPerTick = 25;
constexpr uint32_t kMost = 20'000;  // cycles
constexpr uint32_t kPages = 110;
constexpr uint32_t kTaken = 100;
constexpr uint32_t kWaiting = 64;  // at most, but for what is taken between two slices
constexpr uint32_t kAtOnce = 8;
constexpr uint32_t kBlocks = 8 * kPages;

exo::Capability quota;
volatile bool is_ready, may_end;
volatile uint32_t saved, taken_by_dealloc;

void hold_pages() {
  const exo::Capability extent = test::new_extent(1000, kBlocks);
  for (uint32_t n = 0; n < kPages; ++n) CHECK(exo::page_alloc(EXO_PAGE_ANY).ok());
  volatile exo::Context& context = exo::context();
  context.save_extent = extent.index();
  context.save_block = 0;
  context.save_left = kPages;
  is_ready = true;
  while (!may_end) test_yield(EXO_YIELD_NEXT);
  saved = kPages - context.save_left;
  const exo::CallResult clock = exo::timer_bind(kClock);
  const uint32_t registers = kClock + static_cast<uint32_t>(clock.value);
  const uint32_t begin = exo::ticks(registers);
  CHECK(exo::extent_dealloc(extent).ok());
  taken_by_dealloc = (exo::ticks(registers) - begin) * kCyclesPerTick;
}

uint32_t free_pages() { return test::stock(EXO_RESOURCE_PAGES).free; }

test::Child start() {
  is_ready = false;
  may_end = false;
  const test::Child child = test::create_child(hold_pages);
  test::start_child(child);
  while (!is_ready) test_yield(EXO_YIELD_NEXT);
  return child;
}

/// Pages that have been taken and are not free.
struct Progress {
  uint32_t id, own, free;

  explicit Progress(uint32_t child) : id(child), own(test::pages_of(child)), free(free_pages()) {}
  uint32_t taken() const { return own - test::pages_of(id); }
  uint32_t waiting() const { return taken() - (free_pages() - free); }
};

Progress revoke(const test::Child& child) {
  const Progress progress(child.id);
  CHECK(exo::revoke(quota, child.id, EXO_RESOURCE_PAGES, kTaken, 1u).ok());
  return progress;
}

void end(const test::Child& child) {
  may_end = true;
  while (test::pages_of(child.id) != 0) test_yield(EXO_YIELD_NEXT);
}

void saves_all() {
  const test::Child child = start();
  const Progress progress = revoke(child);
  uint32_t most = 0;
  while (progress.taken() != kTaken) {
    test_yield(EXO_YIELD_NEXT);
    if (progress.waiting() > most) most = progress.waiting();
  }
  CHECK(most >= kWaiting && most < kWaiting + kAtOnce);
  while (progress.waiting() != 0) test_yield(EXO_YIELD_NEXT);
  end(child);
  CHECK(saved == kTaken);
}

void gives_the_extent_back() {
  const test::Child child = start();
  const Progress progress = revoke(child);
  while (progress.waiting() < kWaiting) test_yield(EXO_YIELD_NEXT);
  end(child);
  CHECK(saved >= kWaiting);
  CHECK(taken_by_dealloc <= kMost);
}

}  // namespace

void run_tests() {
  test::bind_disk_tables();
  quota = exo::capability_mint(exo::capability_word(EXO_KIND_QUOTA, EXO_RIGHT_ALL, 0)).capability();
  const uint32_t before = free_pages();
  saves_all();
  gives_the_extent_back();
  for (unsigned slice = 0; slice < 4; ++slice) test_yield(EXO_YIELD_NEXT);
  CHECK(free_pages() == before);
}
