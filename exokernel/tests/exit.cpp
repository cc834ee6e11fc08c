// The end of an environment gives everything back; the run ends with the first status that is not 0
// in the order of environments, not of time.
// run: exokernel_exit exokernel_exit
// status: 5
// output: environment 1: 0 failures
#include "exokernel/tests/harness/harness.hpp"

namespace {

constexpr uint32_t kStatus = 5;
constexpr uint32_t kOtherStatus = 7;
constexpr uint32_t kMostPages = 16384;
constexpr uint32_t kExtraPages = 10;
constexpr unsigned kPatience = 1000;  // turns: more slices than counting all pages takes
constexpr uint32_t kOwnPages = 2;     // context and info page

uint16_t pages[kMostPages];

uint32_t count_free_pages() {
  uint32_t count = 0;
  for (exo::CallResult page = exo::page_alloc(EXO_PAGE_ANY); page.ok();
       page = exo::page_alloc(EXO_PAGE_ANY))
    pages[count++] = static_cast<uint16_t>(page.value);
  for (uint32_t index = count; index-- > 0;)
    exo::page_dealloc(exo::page_capability(uint32_t{pages[index]}, EXO_RIGHT_FREE).capability());
  return count;
}

uint32_t pages_at_start() {
  uint32_t count = 0;
  for (uint32_t index = 0; index < exo::info().segment_count; ++index)
    count += exo::info().segments[index].pages;
  return count;
}

void leave_pages_behind() {
  for (uint32_t index = 0; index < kExtraPages; ++index) {
    const exo::CallResult page = exo::page_alloc(EXO_PAGE_ANY);
    exo::tlb_write(test::kVirt + index * PAGE_SIZE, EXO_MAP_WRITE, page.capability());
    exo::tlb_write(test::kVirt, EXO_MAP_WRITE, page.capability());
  }
}

}  // namespace

void run_tests() {
  constexpr uint32_t kOther = 2;
  if (exo::info().environment == kOther) {
    leave_pages_behind();
    for (unsigned turn = 0; turn < kPatience; ++turn) test_yield(1);
    exo::env_exit(kOtherStatus);
  }
  CHECK(test_yield(kOther) == 0);
  const uint32_t before = count_free_pages();
  while (test_yield(kOther) == 0) continue;
  // The same image: what the other had at its start, this one has too.
  CHECK(count_free_pages() == before + pages_at_start() + kOwnPages + kExtraPages);
  CHECK(test_yield(kOther) == -EXO_ERROR_NO_ENVIRONMENT);
  test::print("environment 1: ");
  test::print(test::failures());
  test::print(" failures\n");
  exo::env_exit(kStatus);
}
