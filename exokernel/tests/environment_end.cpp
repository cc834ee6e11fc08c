// The end of an environment that has much: what is void at once, and that all the rest comes back,
// a part at the beginning of each slice and before something is refused.
// options: --set memory.size=8MiB
#include "exokernel/tests/harness/child.hpp"
#include "exokernel/tests/harness/code.hpp"

using test::encode;
using test::kReturn;
using test::refused;

namespace {

constexpr uint32_t kTables = 0x30000000;
constexpr uint32_t kManyPages = 300;
constexpr uint32_t kAtOnce = 64;
constexpr uint32_t kCodes = 2;
constexpr uint32_t kGrandchildren = 3;
constexpr uint32_t kShared = test::kVirt + 0x8000;
constexpr uint32_t kSourceVirt = test::kVirt + PAGE_SIZE;

const volatile exo::EnvironmentRecord* records;
const volatile exo::SystemRecord* machine;

volatile bool is_ready;
exo::Capability its_page;

void hold_still() {
  is_ready = true;
  for (;;) test_yield(EXO_YIELD_NEXT);
}

void take_pages() {
  for (uint32_t count = 0; count < kManyPages; ++count)
    its_page = exo::page_alloc(EXO_PAGE_ANY).capability();
}

void download() {
  const exo::Capability page = exo::page_alloc(EXO_PAGE_ANY).capability();
  CHECK(exo::tlb_write(kSourceVirt, EXO_MAP_WRITE, page).ok());
  test::write_code(kSourceVirt, {kReturn, encode<"ori">(REG_V0, 0, 1)});
  CHECK(exo::code_download(page, page, 0u, 2u).ok());
}

void hold_much() {
  take_pages();
  for (uint32_t count = 0; count < kCodes; ++count) download();
  for (uint32_t count = 0; count < kGrandchildren; ++count) {
    const test::Parts parts = test::make_parts(hold_still);
    CHECK(exo::env_create(parts.context, parts.info).ok());
  }
  hold_still();
}

test::Child start(void (*function)()) {
  is_ready = false;
  const test::Child child = test::create_child(function);
  test::start_child(child);
  while (!is_ready) test_yield(child.id);
  return child;
}

/// Everything is the kernel's, free, or somebody's who lives.
void all_is_back(uint32_t free_pages, uint32_t free_ids) {
  CHECK(machine->pages().free == free_pages);
  CHECK(machine->stock[EXO_RESOURCE_ENVIRONMENTS].free == free_ids);
  CHECK(machine->stock[EXO_RESOURCE_CODE].free == exo::info().page_count);
  CHECK(test::quota_of(exo::info().environment, EXO_RESOURCE_ENVIRONMENTS).own == 0);
}

void comes_back_in_parts() {
  const uint32_t free_pages = machine->pages().free;
  const uint32_t free_ids = machine->stock[EXO_RESOURCE_ENVIRONMENTS].free;
  const test::Child child = start(hold_much);
  CHECK(machine->pages().free < free_pages - kManyPages);
  CHECK(machine->stock[EXO_RESOURCE_ENVIRONMENTS].free == free_ids - 1 - kGrandchildren);
  CHECK(exo::tlb_write(kShared, 0u, its_page).ok());
  CHECK(exo::env_destroy(child.capability).ok());
  CHECK(records[child.id].state == exo::EnvironmentState::kEnding);
  CHECK(records[child.id].status == EXO_STATUS_DESTROYED);
  CHECK(test::pages_of(child.id) > kManyPages - kAtOnce);
  // Nobody gets at it any more.
  CHECK(refused(exo::env_destroy(child.capability), EXO_ERROR_BAD_CAPABILITY));
  CHECK(refused(exo::env_start(child.capability), EXO_ERROR_BAD_CAPABILITY));
  CHECK(refused(
      exo::capability_mint(exo::capability_word(EXO_KIND_ENVIRONMENT, EXO_RIGHT_ALL, child.id)),
      EXO_ERROR_BAD_ARGUMENT));
  CHECK(test_yield(child.id) == -EXO_ERROR_NO_ENVIRONMENT);
  for (uint32_t before = 0; records[child.id].state == exo::EnvironmentState::kEnding;) {
    CHECK(machine->pages().free <= before + kAtOnce || before == 0);
    before = machine->pages().free;
    test_yield(EXO_YIELD_NEXT);
  }
  CHECK(records[child.id].state == exo::EnvironmentState::kEnded);
  CHECK(records[child.id].status == EXO_STATUS_DESTROYED);
  CHECK(test::raises(EXC_TLBL, [] { test::touch(kShared); }));
  for (unsigned slice = 0; slice < kGrandchildren; ++slice) test_yield(EXO_YIELD_NEXT);
  all_is_back(free_pages, free_ids);
}

/// Without a slice in between: who asks for pages gets them.
void comes_back_for_who_needs_it() {
  const uint32_t free_pages = machine->pages().free;
  const test::Child child = start([] {
    take_pages();
    hold_still();
  });
  const uint32_t left = machine->pages().free;
  CHECK(exo::env_destroy(child.capability).ok());
  const uint32_t begin = test::slices();
  uint32_t got = 0;
  while (exo::page_alloc(EXO_PAGE_ANY).ok()) ++got;
  CHECK(test::slices() != begin || got == free_pages);
  CHECK(got > left + kManyPages - kAtOnce);
}

void ends() {}

/// Address space identifiers of those that have ended are used again: there are 63.
void outlives_its_address_space() {
  const uint32_t free_pages = machine->pages().free;
  const uint32_t free_ids = machine->stock[EXO_RESOURCE_ENVIRONMENTS].free;
  for (unsigned count = 0; count < 130; ++count) {
    const test::Child child = test::create_child(ends);
    test::start_child(child);
    CHECK(test::wait_for(child, records) == 0);
  }
  all_is_back(free_pages, free_ids);
}

}  // namespace

void run_tests() {
  records = test::bind_table<exo::EnvironmentRecord>(exo::Exposed::kEnvironments, kTables);
  machine = test::bind_table<exo::SystemRecord>(exo::Exposed::kSystem, kTables + 0x10000);
  comes_back_in_parts();
  outlives_its_address_space();
  comes_back_for_who_needs_it();
}
