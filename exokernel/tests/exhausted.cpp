// When no environment id, or no position of the slice vector, is left: env_create and env_start are
// refused and have taken nothing; one that becomes free can be had.
#include "exokernel/tests/harness/child.hpp"

using test::refused;

namespace {

constexpr uint32_t kTables = 0x30000000;
constexpr uint32_t kMost = 1024;

const volatile exo::SystemRecord* machine;
exo::Capability all[kMost];

void nothing() {}

test::Parts allocate_parts() {
  return {exo::page_alloc(EXO_PAGE_ANY).capability(), exo::page_alloc(EXO_PAGE_ANY).capability()};
}

uint32_t free_ids() { return machine->stock[EXO_RESOURCE_ENVIRONMENTS].free; }

void no_id_is_left() {
  const uint32_t others = exo::info().environment_max - 1;
  const uint32_t free_pages = machine->pages().free;
  CHECK(others <= kMost && free_ids() == others);
  test::Parts parts = allocate_parts();
  for (uint32_t count = 0; count < others; ++count) {
    const exo::CallResult made = exo::env_create(parts.context, parts.info);
    CHECK(made.ok());
    all[count] = made.capability();
    parts = allocate_parts();
  }
  CHECK(free_ids() == 0);
  CHECK(refused(exo::env_create(parts.context, parts.info), EXO_ERROR_QUOTA));
  CHECK(exo::env_destroy(all[7]).ok());
  test_yield(EXO_YIELD_NEXT);  // what it had is reclaimed
  const exo::CallResult made = exo::env_create(parts.context, parts.info);
  CHECK(made.ok() && static_cast<uint32_t>(made.value) == all[7].index());
  all[7] = made.capability();
  for (uint32_t count = 0; count < others; ++count) CHECK(exo::env_destroy(all[count]).ok());
  while (free_ids() != others) test_yield(EXO_YIELD_NEXT);
  CHECK(machine->pages().free == free_pages);
}

void no_position_is_left() {
  const test::Child child = test::create_child(nothing);
  while (exo::slice_alloc(EXO_SLICE_ANY, 0u).ok()) {
  }
  CHECK(machine->stock[EXO_RESOURCE_SLICES].free == 0);
  CHECK(refused(exo::env_start(child.capability), EXO_ERROR_QUOTA));
  CHECK(test_yield(child.id) == -EXO_ERROR_NO_ENVIRONMENT);
  CHECK(exo::slice_dealloc(5u).ok());
  CHECK(exo::env_start(child.capability).value == 5);
  CHECK(exo::env_destroy(child.capability).ok());
}

}  // namespace

void run_tests() {
  machine = test::bind_table<exo::SystemRecord>(exo::Exposed::kSystem, kTables);
  no_id_is_left();
  no_position_is_left();
}
