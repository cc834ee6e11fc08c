// Exposed pages belong to nobody: whoever creates many environments cannot use up the guarantees of
// one, as it could those of a page of its own.
// output: END
#include "exokernel/tests/harness/child.hpp"

namespace {

constexpr uint32_t kEnvironments = 40;
constexpr uint32_t kEach = 14;
static_assert(kEnvironments * kEach > EXO_GUARANTEES_OF_PAGE_MAX);

volatile bool is_done;

exo::Capability system_record() {
  const uint32_t pfn = exo::exposed_table(exo::info(), exo::Exposed::kSystem).first_pfn;
  return exo::page_capability(pfn, EXO_RIGHT_READ).capability();
}

void guarantee_it() {
  CHECK(exo::guarantee(0x30000000u, 0u, system_record()).ok());
  is_done = true;
  for (;;) test_yield(EXO_YIELD_NEXT);
}

}  // namespace

void run_tests() {
  const exo::Capability shown = system_record();
  for (unsigned count = 0; count < kEnvironments; ++count) {
    const exo::Capability context = exo::page_alloc(EXO_PAGE_ANY).capability();
    const exo::Capability info = exo::page_alloc(EXO_PAGE_ANY).capability();
    const exo::Capability made = exo::env_create(context, info).capability();
    for (uint32_t at = 0; at < kEach; ++at)
      CHECK(exo::env_guarantee(made, 0x11000000 + at * PAGE_SIZE, shown).ok());
  }
  const test::Child child = test::create_child(guarantee_it);
  test::start_child(child);
  while (!is_done) test_yield(EXO_YIELD_NEXT);
  test::print("END\n");
}
