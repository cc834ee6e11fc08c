// More environments than the processor has address space identifiers: identifiers are taken back
// and handed out again, and no environment ever sees another's page.
#include "exokernel/tests/harness/child.hpp"

namespace {

constexpr uint32_t kChildren = 256;
constexpr uint32_t kRounds = 3;
constexpr uint32_t kTables = 0x30000000;

test::Child children[kChildren];
volatile uint32_t finished;
volatile uint32_t rebound;

/// Each child has a page of its own at the same address, with its id in it.
void keep_a_page() {
  const uint32_t id = exo::info().environment;
  const exo::Capability page = exo::page_alloc(EXO_PAGE_ANY).capability();
  CHECK(exo::tlb_write(test::kVirt, EXO_MAP_WRITE, page).ok());
  test::poke(test::kVirt, id);
  for (uint32_t round = 0; round < kRounds; ++round) {
    test_yield(EXO_YIELD_NEXT);
    const uint32_t before = test::caught().count;
    test::touch(test::kVirt);
    if (test::caught().count != before) {  // forgotten, as any binding may be
      rebound = rebound + 1;
      CHECK(exo::tlb_write(test::kVirt, EXO_MAP_WRITE, page).ok());
    }
    CHECK(test::word_at(test::kVirt) == id);
  }
  CHECK(exo::page_dealloc(page).ok());
  finished = finished + 1;
}

}  // namespace

void run_tests() {
  const auto* records =
      test::bind_table<exo::EnvironmentRecord>(exo::Exposed::kEnvironments, kTables);
  for (test::Child& child : children) child = test::create_child(keep_a_page);
  for (const test::Child& child : children) test::start_child(child);
  uint32_t spaces = 0;
  for (const test::Child& child : children) {
    CHECK(test::wait_for(child, records) == 0);
    if (records[child.id].space != 0) ++spaces;
  }
  CHECK(finished == kChildren);
  CHECK(rebound > kChildren);  // identifiers were taken back
  CHECK(spaces == 0);
}
