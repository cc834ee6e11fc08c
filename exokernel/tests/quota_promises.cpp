// What accounts are promised never exceeds what is free: not when a minimum is so large that the
// sum overflows, and not when an environment leaves the account whose minimum its units have
// filled.
// output: END
#include "exokernel/tests/harness/child.hpp"

using test::refused;

namespace {

constexpr uint32_t kTables = 0x30040000;
constexpr uint32_t kPages = EXO_RESOURCE_PAGES;

const volatile exo::SystemRecord* system_record;
exo::Capability quota;

void idle() {
  for (;;) test_yield(EXO_YIELD_NEXT);
}

exo::CallResult set_minimum(uint32_t id, uint32_t resource, uint32_t minimum) {
  return exo::quota_set(quota, id, resource, minimum, EXO_NO_LIMIT, 0u);
}

void nothing_overflows(uint32_t id) {
  for (uint32_t resource = 0; resource < EXO_RESOURCE_COUNT; ++resource) {
    const volatile exo::SystemRecord::Stock& stock = system_record->stock[resource];
    const uint32_t before = stock.promised;
    const uint32_t used = test::quota_of(id, resource).used;
    const uint32_t most = used + stock.free - stock.promised;
    for (uint32_t minimum = 0xffffffff; minimum > 0xffffffe0; --minimum)
      CHECK(refused(set_minimum(id, resource, minimum), EXO_ERROR_NO_MEMORY));
    CHECK(refused(set_minimum(id, resource, 0x80000000), EXO_ERROR_NO_MEMORY));
    CHECK(refused(set_minimum(id, resource, 0x7fffffff), EXO_ERROR_NO_MEMORY));
    CHECK(stock.promised == before);
    CHECK(refused(set_minimum(id, resource, most + 1 + 0x100), EXO_ERROR_NO_MEMORY));
  }
}

/// All that is free is promised to the test's account, which a child's units help to fill.
void who_stays_keeps_its_minimum() {
  const volatile exo::SystemRecord::Stock& stock = system_record->stock[kPages];
  const uint32_t own = exo::info().environment;
  for (unsigned slice = 0; slice < 3; ++slice) test_yield(EXO_YIELD_NEXT);
  const uint32_t promised = stock.promised;
  const test::Child child = test::create_child(idle);
  test::start_child(child);
  const uint32_t before = test::quota_of(own, kPages).minimum;
  const uint32_t used = test::quota_of(own, kPages).used;
  CHECK(test::pages_of(child.id) > 1);
  CHECK(set_minimum(own, kPages, used + stock.free - 1).ok());
  CHECK(stock.promised == stock.free - 1);
  CHECK(refused(set_minimum(child.id, kPages, 0), EXO_ERROR_NO_MEMORY));
  CHECK(refused(set_minimum(child.id, EXO_RESOURCE_SLICES, 0), EXO_ERROR_NO_MEMORY));
  CHECK(stock.promised == stock.free - 1);
  // As soon as there is enough it can leave.
  CHECK(set_minimum(own, kPages, used + stock.free - test::pages_of(child.id) - 1).ok());
  CHECK(refused(set_minimum(child.id, kPages, test::pages_of(child.id) + 2), EXO_ERROR_NO_MEMORY));
  CHECK(set_minimum(child.id, kPages, test::pages_of(child.id) + 1).ok());
  CHECK(stock.promised == stock.free);
  CHECK(exo::env_destroy(child.capability).ok());
  CHECK(set_minimum(own, kPages, before).ok());
  for (unsigned slice = 0; slice < 3; ++slice) test_yield(EXO_YIELD_NEXT);
  CHECK(stock.promised == promised);
}

/// The info page of a new environment leaves the account: it must not be one that makes up a
/// minimum for which no page would be free then.
void creating_keeps_the_minimum() {
  const volatile exo::SystemRecord::Stock& stock = system_record->stock[kPages];
  const uint32_t own = exo::info().environment;
  const test::Parts parts = test::make_parts(idle);
  const uint32_t before = test::quota_of(own, kPages).minimum;
  const uint32_t used = test::quota_of(own, kPages).used;
  const uint32_t free = stock.free, ids = system_record->stock[EXO_RESOURCE_ENVIRONMENTS].free;
  CHECK(set_minimum(own, kPages, used + free).ok());
  CHECK(stock.promised == free);
  CHECK(refused(exo::env_create(parts.context, parts.info), EXO_ERROR_QUOTA));
  CHECK(stock.promised == free && stock.free == free);
  CHECK(system_record->stock[EXO_RESOURCE_ENVIRONMENTS].free == ids);
  CHECK(test::quota_of(own, kPages).used == used);
  CHECK(set_minimum(own, kPages, used + free - 1).ok());
  const exo::CallResult created = exo::env_create(parts.context, parts.info);
  CHECK(created.ok() && stock.promised == free);
  CHECK(test::quota_of(own, kPages).used == used - 1);
  CHECK(exo::env_destroy(created.capability()).ok());
  CHECK(set_minimum(own, kPages, before).ok());
}

constexpr uint32_t kOrphans = 40;  // more than leave an account at a time
exo::CallResult made[kOrphans];
volatile bool are_made;

void leave_many() {
  for (exo::CallResult& orphan : made) {
    const test::Parts parts = test::make_parts(idle);
    orphan = exo::env_create(parts.context, parts.info);
  }
  are_made = true;
  idle();
}

/// They leave the account one after the other while its owner is reclaimed. Its minimum, which they
/// have filled, is promised to nobody then.
void who_ends_is_promised_nothing() {
  const volatile exo::SystemRecord::Stock& stock = system_record->stock[kPages];
  const test::Child child = test::create_child(leave_many);
  CHECK(set_minimum(child.id, kPages, 0).ok());
  test::start_child(child);
  while (!are_made) test_yield(EXO_YIELD_NEXT);
  for (const exo::CallResult& orphan : made) {
    const uint32_t id = static_cast<uint32_t>(orphan.value);
    test::start_child(test::equip_child(id, orphan.capability()));
  }
  const uint32_t unpromised = stock.free - stock.promised;
  CHECK(set_minimum(child.id, kPages, test::quota_of(child.id, kPages).used + unpromised).ok());
  CHECK(stock.promised == stock.free);
  CHECK(exo::env_destroy(child.capability).ok());
  for (unsigned step = 0; step < 10; ++step) {
    CHECK(stock.promised <= stock.free);
    CHECK(exo::page_dealloc(exo::page_alloc(EXO_PAGE_ANY).capability()).ok());
    const exo::Capability none{};  // refused, but another step of reclaiming
    CHECK(refused(exo::env_create(none, none), EXO_ERROR_BAD_CAPABILITY));
  }
  for (const exo::CallResult& orphan : made) CHECK(exo::env_destroy(orphan.capability()).ok());
}

}  // namespace

void run_tests() {
  system_record = test::bind_table<exo::SystemRecord>(exo::Exposed::kSystem, kTables);
  quota = exo::capability_mint(exo::capability_word(EXO_KIND_QUOTA, EXO_RIGHT_ALL, 0)).capability();
  nothing_overflows(exo::info().environment);
  // Much is promised to one account, and little used by another.
  const test::Child child = test::create_child(idle);
  const uint32_t own = exo::info().environment;
  const uint32_t before = test::quota_of(own, kPages).minimum;
  CHECK(set_minimum(own, kPages, test::quota_of(own, kPages).used + 500).ok());
  nothing_overflows(child.id);
  CHECK(set_minimum(own, kPages, before).ok());
  CHECK(exo::env_destroy(child.capability).ok());
  who_stays_keeps_its_minimum();
  creating_keeps_the_minimum();
  who_ends_is_promised_nothing();
  test::print("END\n");
}
