// What only the owner of a page may do, tried by another environment with a genuine capability of
// all rights; what such a capability is enough for; and a child that ends itself with its own.
#include "exokernel/tests/harness/child.hpp"

using test::refused;

namespace {

constexpr uint32_t kParent = 1;  // id
constexpr uint32_t kTables = 0x30000000;
constexpr uint32_t kMark = 0x600d600d;

exo::Capability page;    // the parent's
exo::Capability itself;  // of the child

void nothing() {}

void try_to_part() {
  const uint32_t before = test::pages_of(kParent);
  const test::Parts own = test::make_parts(nothing);
  CHECK(refused(exo::page_dealloc(page), EXO_ERROR_NOT_OWNER));
  CHECK(refused(exo::page_give(page, itself), EXO_ERROR_NOT_OWNER));
  CHECK(refused(exo::env_create(page, own.info), EXO_ERROR_NOT_OWNER));
  CHECK(refused(exo::env_create(own.context, page), EXO_ERROR_NOT_OWNER));
  CHECK(test::pages_of(kParent) == before);
  CHECK(exo::tlb_write(test::kVirt, EXO_MAP_WRITE, page).value == 0);
  CHECK(test::word_at(test::kVirt) == kMark);
  test::word_at(test::kVirt) = kMark + 1;
}

void destroy_itself() {
  exo::env_destroy(itself);
  CHECK(false);
}

uint32_t run_child(void (*function)(), const volatile exo::EnvironmentRecord* records) {
  const test::Child child = test::create_child(function);
  itself = child.capability;
  test::start_child(child);
  return test::wait_for(child, records);
}

}  // namespace

void run_tests() {
  const auto* records =
      test::bind_table<exo::EnvironmentRecord>(exo::Exposed::kEnvironments, kTables);
  page = exo::page_alloc(EXO_PAGE_ANY).capability();
  CHECK(exo::tlb_write(test::kVirt, EXO_MAP_WRITE, page).ok());
  test::word_at(test::kVirt) = kMark;
  CHECK(run_child(try_to_part, records) == 0);
  CHECK(exo::tlb_write(test::kVirt, 0u, page).ok());  // the binding may have been forgotten
  CHECK(test::word_at(test::kVirt) == kMark + 1);
  CHECK(exo::page_dealloc(page).ok());
  CHECK(run_child(destroy_itself, records) == EXO_STATUS_DESTROYED);
  CHECK(refused(exo::env_destroy(itself), EXO_ERROR_BAD_CAPABILITY));
}
