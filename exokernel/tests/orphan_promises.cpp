// What is promised of environments never exceeds what is free: also not when an environment whose
// creator has ended would be charged to its own account, and so freed from one that was promised
// all.
// output: END
#include "exokernel/tests/harness/child.hpp"

namespace {

constexpr uint32_t kTables = 0x30000000;
const volatile exo::SystemRecord* machine;
exo::Capability quota, grandchild;
volatile uint32_t ready, grandchild_id;

void hold() {
  for (;;) test_yield(EXO_YIELD_NEXT);
}

void middle() {
  const test::Parts parts = test::make_parts(hold);
  const exo::CallResult made = exo::env_create(parts.context, parts.info);
  grandchild = made.capability();
  grandchild_id = static_cast<uint32_t>(made.value);
  ready = 1;
  hold();
}

}  // namespace

void run_tests() {
  constexpr uint32_t kEnv = EXO_RESOURCE_ENVIRONMENTS;
  machine = test::bind_table<exo::SystemRecord>(exo::Exposed::kSystem, kTables);
  quota = exo::capability_mint(exo::capability_word(EXO_KIND_QUOTA, EXO_RIGHT_ALL, 0)).capability();
  const uint32_t self = exo::info().environment;
  const test::Child m = test::create_child(middle);
  test::start_child(m);
  while (ready == 0) test_yield(m.id);
  const test::Child c = test::equip_child(grandchild_id, grandchild);
  test::start_child(c);
  CHECK(exo::quota_set(quota, c.id, uint32_t{EXO_RESOURCE_PAGES}, 0u, EXO_NO_LIMIT, 0u).ok());
  const volatile exo::SystemRecord::Stock& stock = machine->stock[kEnv];
  const uint32_t minimum = test::quota_of(self, kEnv).used + stock.free - stock.promised;
  CHECK(exo::quota_set(quota, self, kEnv, minimum, EXO_NO_LIMIT, 0u).ok());
  CHECK(stock.promised <= stock.free);
  CHECK(exo::env_destroy(m.capability).ok());
  for (unsigned times = 0; times < 10; ++times) {
    CHECK(stock.promised <= stock.free);
    test_yield(EXO_YIELD_NEXT);
  }
  // The account of the first goes on paying for it. It gives the unit back when the other ends.
  const uint32_t used = test::quota_of(self, kEnv).used;
  CHECK(test::quota_of(c.id, kEnv).used == 0);
  CHECK(exo::env_destroy(c.capability).ok());
  for (unsigned times = 0; times < 10; ++times) test_yield(EXO_YIELD_NEXT);
  CHECK(test::quota_of(self, kEnv).used == used - 1);
  CHECK(stock.promised <= stock.free);
  test::print("END\n");
}
