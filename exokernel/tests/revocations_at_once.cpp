// Revocations that meet: what is taken of two resources is told of each; what the account is
// promised stays, also if others have given back meanwhile; and who takes new units as fast as they
// are taken from it does not keep the kernel from the next one.
// output: END
#include "exokernel/tests/harness/child.hpp"

using test::Child;

namespace {

constexpr uint32_t kTables = 0x30040000;
constexpr uint32_t kPages = EXO_RESOURCE_PAGES;
constexpr uint32_t kSlices = EXO_RESOURCE_SLICES;
constexpr uint32_t kChildPages = 20;

const volatile exo::EnvironmentRecord* records;
exo::Capability quota;

volatile uint32_t notices;
volatile uint32_t told[EXO_RESOURCE_COUNT];  // units taken, by resource
volatile bool is_insatiable;

void note() {
  const volatile exo::Context& context = exo::context();
  if (context.notice_kind != EXO_NOTICE_REPOSSESSION) return;
  notices = notices + 1;
  const uint32_t resource = context.notice_resource;
  told[resource] = told[resource] + context.notice_count;
}

void take_pages(uint32_t count) {
  while (count-- > 0) exo::page_alloc(EXO_PAGE_ANY);
}

void hold() {
  take_pages(kChildPages);
  CHECK(exo::slice_alloc(EXO_SLICE_ANY, 0u).ok());
  test::on_notice(note);
  if (!is_insatiable) test_sleep(EXO_EVENT_INTERRUPT, 0);  // until somebody yields to it
  for (;;) {
    if (is_insatiable) take_pages(kChildPages);
    test_yield(EXO_YIELD_NEXT);
  }
}

Child start(bool insatiable) {
  is_insatiable = insatiable;
  const Child child = test::create_child(hold);
  test::start_child(child);
  test_yield(EXO_YIELD_NEXT);
  is_insatiable = false;
  return child;
}

void let_pass(unsigned slices) {
  while (slices-- > 0) test_yield(EXO_YIELD_NEXT);
}

void revoke(const Child& child, uint32_t resource, uint32_t count) {
  CHECK(exo::revoke(quota, child.id, resource, count, 1u).ok());
}

void end(const Child& child) {
  CHECK(exo::env_destroy(child.capability).ok());
  CHECK(test::wait_for(child, records) == EXO_STATUS_DESTROYED);
}

void each_resource_is_told() {
  const Child child = start(false);
  revoke(child, kPages, 3);
  let_pass(6);
  revoke(child, kSlices, 1);
  let_pass(6);
  CHECK(notices == 0);
  CHECK(test::pages_of(child.id) == kChildPages + 2 - 3);
  CHECK(test::quota_of(child.id, kSlices).own == 1);
  test_yield(child.id);
  let_pass(3);
  CHECK(notices == 2);
  CHECK(told[kPages] == 3);
  CHECK(told[kSlices] == 1);
  end(child);
}

void what_is_promised_stays() {
  const uint32_t own = exo::info().environment;
  const uint32_t before = test::quota_of(own, kPages).minimum;
  const Child child = start(false);
  exo::Capability given_back[3];
  for (exo::Capability& page : given_back) page = exo::page_alloc(EXO_PAGE_ANY).capability();
  const uint32_t minimum = test::quota_of(own, kPages).used - 5;
  CHECK(exo::quota_set(quota, own, kPages, minimum, EXO_NO_LIMIT, 0u).ok());
  const uint32_t had = test::pages_of(child.id);
  revoke(child, kPages, 5);
  for (const exo::Capability& page : given_back) CHECK(exo::page_dealloc(page).ok());
  let_pass(6);
  CHECK(test::pages_of(child.id) == had - 2);
  CHECK(test::quota_of(own, kPages).used == minimum);
  CHECK(exo::quota_set(quota, own, kPages, before, EXO_NO_LIMIT, 0u).ok());
  revoke(child, kPages, 1);  // the first one is over
  end(child);
}

void nobody_keeps_others_from_being_revoked() {
  const Child meek = start(false);
  const Child greedy = start(true);
  const uint32_t had = test::pages_of(meek.id);
  revoke(meek, kPages, 5);
  revoke(greedy, kPages, 10);
  is_insatiable = true;
  let_pass(20);
  CHECK(test::pages_of(meek.id) == had - 5);
  CHECK(test::pages_of(greedy.id) > 10 * kChildPages);
  end(meek);
  end(greedy);
}

}  // namespace

void run_tests() {
  records = test::bind_table<exo::EnvironmentRecord>(exo::Exposed::kEnvironments, kTables);
  quota = exo::capability_mint(exo::capability_word(EXO_KIND_QUOTA, EXO_RIGHT_ALL, 0)).capability();
  each_resource_is_told();
  what_is_promised_stays();
  nobody_keeps_others_from_being_revoked();
  test::print("END\n");
}
