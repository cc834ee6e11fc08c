// A million random calls from four environments at once, beside a model of who owns what
// (random_calls/model.hpp). The model says of each call what must come of it; after each the
// kernel's tables are compared with it.
// sources: exokernel/tests/random_calls/model.cpp
// sources: exokernel/tests/random_calls/page_calls.cpp
// sources: exokernel/tests/random_calls/processor_calls.cpp
// sources: exokernel/tests/random_calls/environment_calls.cpp
// sources: exokernel/tests/random_calls/code_calls.cpp
// run: exokernel_random_calls
// options: --set memory.size=1MiB --set timing.engine=ideal
// cycles: 4G
#include "exokernel/tests/harness/code.hpp"
#include "exokernel/tests/random_calls/model.hpp"

namespace {

using namespace model;

constexpr uint32_t kCalls = 1'000'000;
constexpr uint32_t kFullCheckEvery = 64;
constexpr uint32_t kTables = 0x30040000;

uint32_t image_pages;     // of the test
volatile uint32_t ready;  // players

/// Code that allows, and code that refuses.
alignas(32) const test::Word kCodes[] = {test::kReturn, test::encode<"ori">(REG_V0, 0, 1),
                                         test::kReturn, test::encode<"ori">(REG_V0, 0, 0)};

void call_any_of(const Call* calls) {
  uint32_t count = 0;
  while (calls[count] != nullptr) ++count;
  calls[random(count)]();
}

void call_something() {
  const uint32_t chance = random(32);
  if (chance < 24) return call_any_of(kPageCalls);
  if (chance < 27) return call_any_of(kProcessorCalls);
  call_any_of(chance < 29 ? kEnvironmentCalls : kCodeCalls);
}

void take_turn() {
  for (uint32_t count = 1 + random(32); count > 0 && !is_over; --count) {
    ++calls_made;
    call_something();
    if (is_over) return;
    compare_counts();
    if (calls_made % kFullCheckEvery == 0) compare_all();
    is_over = calls_made == kCalls || test::failures() > 5;
  }
}

/// Each environment sees the tables at the same addresses.
void bind_tables() {
  machine = test::bind_table<exo::SystemRecord>(exo::Exposed::kSystem, kTables + 0x10000);
  records = test::bind_table<exo::PageRecord>(exo::Exposed::kPages, kTables);
}

/// Context and info page, the test's image, the tables, a child's stack.
void count_own_guarantees() {
  const exo::Info& info = exo::info();
  const uint32_t tables = exo::exposed_table(info, exo::Exposed::kSystem).pages +
                          exo::exposed_table(info, exo::Exposed::kPages).pages;
  const uint32_t stack = self() == 1 ? 0 : 1;
  slots[self()].guarantee_count = static_cast<uint16_t>(2 + image_pages + tables + stack);
}

/// One at a time: a slice that ends in the middle of a call and its place in the model would
/// otherwise let another see a model that lags behind.
void play() {
  while (!is_over) {
    wait_for_turn(0);
    take_turn();
    turn = 1 + random(kPlayers);
  }
}

void open_entries() {
  exo::context().synchronous_entry = reinterpret_cast<uint32_t>(&test_entry_anywhere);
  exo::context().asynchronous_entry = reinterpret_cast<uint32_t>(&test_entry_anywhere);
}

void start_playing() {
  bind_tables();
  count_own_guarantees();
  open_entries();
  ready = ready + 1;
  play();
}

void create_players() {
  for (uint32_t slot = 1; slot <= kPlayers; ++slot) {
    slots[slot].id = static_cast<uint16_t>(slot);
    if (slot == 1) {
      const uint32_t word = exo::capability_word(EXO_KIND_ENVIRONMENT, kAll, 1);
      slots[1].capability = exo::capability_mint(word).capability();
      continue;
    }
    const test::Child child = test::create_child(start_playing);
    CHECK(child.id == slot);
    slots[slot].capability = child.capability;
  }
}

/// Where the page with the codes is, for all to read.
void share_codes() {
  const auto at = reinterpret_cast<uint32_t>(kCodes);
  const exo::Info& info = exo::info();
  for (uint32_t index = 0; index < info.segment_count; ++index) {
    const exo::InfoSegment& segment = info.segments[index];
    image_pages += segment.pages;
    if (at - segment.virt >= segment.pages * PAGE_SIZE) continue;
    const uint32_t pfn = segment.first_pfn + (at - segment.virt) / PAGE_SIZE;
    code_source = exo::page_capability(pfn, EXO_RIGHT_READ).capability();
    code_offset = at % PAGE_SIZE;
  }
}

void set_up_model() {
  const uint32_t word = exo::capability_word(EXO_KIND_QUOTA, kAll, 0);
  quota = exo::capability_mint(word).capability();
  for (uint32_t pfn = 0; pfn < page_count(); ++pfn) {
    const bool is_free = records[pfn].owner == exo::kOwnerNone;
    pages[pfn].owner = is_free ? exo::kOwnerNone : exo::kOwnerKernel;
    if (is_free) playable[free_pages++] = static_cast<uint16_t>(pfn);
    pages[pfn].is_part_of_test = !is_free && records[pfn].owner <= kPlayers;
  }
  playable_count = free_pages;
}

void start_players() {
  set_position(0, 1);
  for (uint32_t slot = 2; slot <= kPlayers; ++slot) {
    const exo::CallResult position = exo::env_start(slots[slot].capability);
    CHECK(position.ok());
    set_position(static_cast<uint32_t>(position.value), slot);
  }
  while (ready != kPlayers - 1) test_yield(EXO_YIELD_NEXT);
}

}  // namespace

void run_tests() {
  CHECK(page_count() <= kPagesMax);
  share_codes();
  create_players();
  bind_tables();
  set_up_model();
  start_players();
  count_own_guarantees();
  open_entries();
  play();
  test::print(calls_that_did_something);
  test::print(" of ");
  test::print(calls_made);
  test::print(" calls did something\n");
  CHECK(calls_that_did_something > kCalls / 5);
  for (uint32_t slot = 2; slot <= kSlots; ++slot)
    if (slots[slot].id != 0) exo::env_destroy(slots[slot].capability);  // a player may have ended
}
