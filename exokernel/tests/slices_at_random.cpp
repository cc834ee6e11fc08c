// Sleeps, transfers, overruns, directed yields and slices at random: nobody is forgotten.
// options: --set arguments=slice=300
// options: --set arguments=slice=2000
// cycles: 4G
// output: END
#include "exokernel/tests/harness/child.hpp"
#include "exokernel/tests/harness/overrun.hpp"
#include "exokernel/tests/harness/random.hpp"

namespace {

constexpr uint32_t kN = 12;  // children
test::Child children[kN];
volatile uint32_t progress[kN], doing[kN], number;
volatile uint32_t go;

void transfer_to(const test::Child& child) {
  test_transfer(EXO_ACALL | (child.id << EXO_TRANSFER_SHIFT));
}

/// A transfer may end a sleep before its event: it goes on.
void sleep_until(uint32_t event, uint32_t cycles) {
  while (test_sleep(event, cycles) != 0) {
  }
}

void use_a_slice_of(uint32_t ticks) {
  const exo::CallResult at = exo::slice_alloc(EXO_SLICE_ANY, ticks);
  test_yield(EXO_YIELD_NEXT);
  if (at.ok()) exo::slice_dealloc(static_cast<uint32_t>(at.value));
}

void do_something(uint32_t what, test::Random& random, const exo::Capability& page) {
  const test::Child& other = children[random.below(kN)];
  switch (what) {
    case 0:
      return sleep_until(EXO_EVENT_TIME, random.below(50'000));
    case 1:
    case 2:
      if (exo::dma_copy(page, page, 0u, (4 + 4 * random.below(1000)) | EXO_DMA_TELL).ok())
        sleep_until(EXO_EVENT_DMA, 0);
      return;
    case 3:
      return transfer_to(other);
    case 4:
      test_yield(other.id);
      return;
    case 5:
      return use_a_slice_of(40 + random.below(3000));
    default:
      return test::burn(random.below(3000));
  }
}

void be() {
  constexpr uint32_t kOverruns = 3;  // it would be destroyed for more
  const uint32_t me = number;
  test::Random random(12345 + me * 77);
  exo::context().synchronous_entry = reinterpret_cast<uint32_t>(&test_entry_anywhere);
  exo::context().asynchronous_entry = reinterpret_cast<uint32_t>(&test_entry_anywhere);
  const exo::Capability page = exo::page_alloc(EXO_PAGE_ANY).capability();
  while (go == 0) test_yield(EXO_YIELD_NEXT);
  for (uint32_t overruns = 0;;) {
    doing[me] = random.below(7);
    do_something(doing[me], random, page);
    if (overruns < kOverruns && random.below(160) == 0) {
      ++overruns;
      test::overrun_slice();
    }
    progress[me] = progress[me] + 1;
  }
}

bool all_have_gone_on(const uint32_t* before) {
  for (uint32_t n = 0; n < kN; ++n)
    if (progress[n] == before[n]) return false;
  return true;
}

/// Everybody does something within so long, or it is said who does not.
bool goes_on() {
  uint32_t before[kN];
  for (uint32_t n = 0; n < kN; ++n) before[n] = progress[n];
  for (unsigned wait = 0; wait < 60; ++wait) {
    test_sleep(EXO_EVENT_TIME, 200'000);
    if (all_have_gone_on(before)) return true;
  }
  for (uint32_t n = 0; n < kN; ++n)
    if (progress[n] == before[n]) test::print(doing[n]);
  return false;
}

}  // namespace

void run_tests() {
  for (uint32_t n = 0; n < kN; ++n) {
    number = n;
    children[n] = test::create_child(be);
    test::start_child(children[n]);
    test_yield(children[n].id);
  }
  go = 1;
  for (unsigned round = 0; round < 300; ++round) CHECK(goes_on());
  test::print("END\n");
}
