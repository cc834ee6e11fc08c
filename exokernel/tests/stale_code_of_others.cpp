// A page that changes hands takes no instructions of its last owner along in the cache: the new
// owner executes what it has written, or what it was given, without a call of cache_flush.
// options: --stop-on stale-word
// options: --stop-on stale-word --set cache.instruction.size=4KiB
#include "exokernel/tests/harness/child.hpp"
#include "exokernel/tests/harness/code.hpp"

namespace {

constexpr uint32_t kTables = 0x30000000;
constexpr uint32_t kRights = EXO_RIGHT_READ | EXO_RIGHT_WRITE;

const volatile exo::EnvironmentRecord* records;
volatile uint32_t pfn;
exo::Capability parent;

uint32_t run_constant(uint32_t value) {
  test::write_constant(test::kVirt, value);
  return test::call_code(test::kVirt);
}

/// A page in which code has been executed.
exo::Capability used_page() {
  const exo::CallResult page = exo::page_alloc(EXO_PAGE_ANY);
  CHECK(exo::tlb_write(test::kVirt, EXO_MAP_WRITE, page.capability()).ok());
  CHECK(run_constant(1) == 1);
  pfn = static_cast<uint32_t>(page.value);
  return page.capability();
}

void end_with_a_used_page() { used_page(); }

/// The code in it is another one by now.
void give_a_used_page() {
  const exo::Capability page = used_page();
  test::write_constant(test::kVirt, 3);
  CHECK(exo::page_give(page, parent).ok());
}

void run_child(void (*function)()) {
  const test::Child child = test::create_child(function);
  test::start_child(child);
  CHECK(test::wait_for(child, records) == 0);
}

void of_an_environment_that_ended() {
  run_child(end_with_a_used_page);
  const exo::CallResult page = exo::page_alloc(pfn);
  CHECK(exo::tlb_write(test::kVirt, EXO_MAP_WRITE, page.capability()).ok());
  CHECK(run_constant(2) == 2);
  CHECK(exo::page_dealloc(page.capability()).ok());
}

void of_an_environment_that_gave_it() {
  const uint32_t own =
      exo::capability_word(EXO_KIND_ENVIRONMENT, EXO_RIGHT_WRITE, exo::info().environment);
  parent = exo::capability_mint(own).capability();
  run_child(give_a_used_page);
  const exo::CallResult page = exo::page_capability(pfn, kRights);
  CHECK(exo::tlb_write(test::kVirt, EXO_MAP_WRITE, page.capability()).ok());
  CHECK(test::call_code(test::kVirt) == 3);
}

}  // namespace

void run_tests() {
  records = test::bind_table<exo::EnvironmentRecord>(exo::Exposed::kEnvironments, kTables);
  of_an_environment_that_ended();
  of_an_environment_that_gave_it();
  CHECK(test::caught().count == 0);
}
